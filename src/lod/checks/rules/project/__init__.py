"""Rules about the project as a whole: its folders, its configuration, its questions."""
