"""What the engine's processes say to each other."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.engine import wire
from lod.engine.request import Request


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


Ends = tuple[socket.socket, socket.socket]


class TestMessages:
    def test_messages_arrive_one_by_one(self, ends: Ends) -> None:
        """Messages sent together are told apart."""
        wire.send_message(ends[0], {"first": 1})
        wire.send_message(ends[0], {"second": "ž\n"})

        assert wire.Messages(ends[1]).receive() == [{"first": 1}, {"second": "ž\n"}]

    def test_message_in_pieces_is_put_together(self, ends: Ends) -> None:
        """A message that arrives in pieces waits for its end."""
        messages = wire.Messages(ends[1])
        ends[0].sendall(b'{"a":')

        first = messages.receive()
        ends[0].sendall(b"1}\n")

        assert first == []
        assert messages.receive() == [{"a": 1}]

    def test_file_descriptor_comes_along(self, ends: Ends, tmp_path: Path) -> None:
        """A process can hand another one an open file."""
        path = tmp_path / "file"
        path.write_text("content")
        with path.open("rb") as file:
            wire.send_message(ends[0], {"file": True}, file.fileno())

        messages = wire.Messages(ends[1])
        messages.next()

        with os.fdopen(messages.take_descriptor(), "rb") as received:
            assert received.read() == b"content"

    def test_end_of_the_connection_is_said(self, ends: Ends) -> None:
        """Who reads from a connection that ended learns it."""
        ends[0].close()

        with pytest.raises(wire.Closed):
            wire.Messages(ends[1]).receive()


class TestFrames:
    @pytest.mark.parametrize("content", [b"", b"x", b"\0" * 3_000_000], ids=len)
    def test_frame_arrives_whole(self, ends: Ends, content: bytes) -> None:
        """A piece of an answer arrives as it was sent, however large it is."""
        sender = threading.Thread(target=wire.send_frame, args=(ends[0], wire.DATA, content))
        sender.start()

        received = wire.Frames(ends[1]).next()
        sender.join()

        assert received == (wire.DATA, content)

    @pytest.mark.parametrize("sent", [b"", b"D", b"D\0\0\0", b"D\0\0\0\x05abc"])
    def test_cut_off_frame_is_never_taken_for_whole(self, ends: Ends, sent: bytes) -> None:
        """A connection that ends in the middle of a frame gives no frame."""
        ends[0].sendall(sent)
        ends[0].close()

        with pytest.raises(wire.Closed):
            wire.Frames(ends[1]).next()

    def test_impossible_length_is_not_waited_for(self, ends: Ends) -> None:
        """A length no frame can have means that the other side is not to be trusted."""
        ends[0].sendall(b"D\xff\xff\xff\xff")

        with pytest.raises(wire.Closed):
            wire.Frames(ends[1]).next()


texts = st.text(max_size=20)


class TestRequest:
    @settings(max_examples=30)
    @given(
        st.builds(
            Request,
            query=texts,
            format=texts,
            base=st.none() | texts,
            declared=st.dictionaries(texts, texts, max_size=3),
            from_default=st.lists(texts, max_size=3),
            most_rows=st.integers(0, 10**9),
        )
    )
    def test_request_arrives_as_it_was_sent(self, request_sent: Request) -> None:
        """A worker reads the very request it was sent, whatever letters it holds."""
        received = Request.from_json(request_sent.to_json())

        assert received.query == request_sent.query
        assert received.to_json() == request_sent.to_json()
