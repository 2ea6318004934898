"""Words for the terms of well-known vocabularies, which projects use without describing them."""

from __future__ import annotations

from collections.abc import Callable

from lod.rdf.namespaces import (
    DCAT,
    DCTERMS,
    FOAF,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    SPDX,
    VANN,
    VOID,
)

Gettext = Callable[[str], str]


def term_names(_: Gettext) -> dict[str, str]:
    """Return IRI → name for properties and classes that most projects use."""
    return {
        **_language_terms(_),
        **_concept_terms(_),
        **_metadata_terms(_),
        **_dataset_terms(_),
        **_shape_terms(_),
    }


def _language_terms(_: Gettext) -> dict[str, str]:
    """RDF, RDFS and OWL."""
    return {
        RDF.type.value: _("type"),
        RDF.first.value: _("first member"),
        RDF.rest.value: _("further members"),
        RDFS.label.value: _("name"),
        RDFS.comment.value: _("comment"),
        RDFS.seeAlso.value: _("see also"),
        RDFS.isDefinedBy.value: _("defined by"),
        RDFS.subClassOf.value: _("wider class"),
        RDFS.subPropertyOf.value: _("wider property"),
        RDFS.domain.value: _("domain"),
        RDFS.range.value: _("range"),
        OWL.sameAs.value: _("same as"),
        OWL.equivalentClass.value: _("same class"),
        OWL.equivalentProperty.value: _("same property"),
        OWL.versionInfo.value: _("version"),
        OWL.versionIRI.value: _("address of this version"),
        OWL.Class.value: _("class"),
        OWL.ObjectProperty.value: _("property with an entity as value"),
        OWL.DatatypeProperty.value: _("property with a text or number as value"),
        OWL.AnnotationProperty.value: _("property for notes"),
        OWL.Ontology.value: _("ontology"),
    }


def _concept_terms(_: Gettext) -> dict[str, str]:
    """SKOS."""
    return {
        SKOS.prefLabel.value: _("name"),
        SKOS.altLabel.value: _("also called"),
        SKOS.hiddenLabel.value: _("also found as"),
        SKOS.definition.value: _("definition"),
        SKOS.example.value: _("example"),
        SKOS.scopeNote.value: _("scope"),
        SKOS.note.value: _("note"),
        SKOS.editorialNote.value: _("note of the editors"),
        SKOS.notation.value: _("code"),
        SKOS.inScheme.value: _("scheme"),
        SKOS.topConceptOf.value: _("top concept of"),
        SKOS.hasTopConcept.value: _("top concept"),
        SKOS.broader.value: _("wider concept"),
        SKOS.narrower.value: _("narrower concept"),
        SKOS.related.value: _("related concept"),
        SKOS.exactMatch.value: _("same concept elsewhere"),
        SKOS.closeMatch.value: _("similar concept elsewhere"),
        SKOS.Concept.value: _("concept"),
        SKOS.ConceptScheme.value: _("concept scheme"),
    }


def _metadata_terms(_: Gettext) -> dict[str, str]:
    """DCMI Terms, FOAF and Schema.org."""
    return {
        DCTERMS.title.value: _("title"),
        DCTERMS.description.value: _("description"),
        DCTERMS.source.value: _("source"),
        DCTERMS.creator.value: _("creator"),
        DCTERMS.publisher.value: _("publisher"),
        DCTERMS.license.value: _("licence"),
        DCTERMS.created.value: _("created on"),
        DCTERMS.issued.value: _("published on"),
        DCTERMS.modified.value: _("changed on"),
        DCTERMS.date.value: _("date"),
        DCTERMS.identifier.value: _("identifier"),
        DCTERMS.language.value: _("language"),
        DCTERMS.subject.value: _("subject"),
        DCTERMS.isPartOf.value: _("part of"),
        DCTERMS.hasPart.value: _("has part"),
        DCTERMS.isReferencedBy.value: _("referred to by"),
        DCTERMS.references.value: _("refers to"),
        DCTERMS.replaces.value: _("replaces"),
        DCTERMS.isReplacedBy.value: _("replaced by"),
        FOAF.name.value: _("name"),
        FOAF.homepage.value: _("home page"),
        FOAF.Agent.value: _("agent"),
        SCHEMA.name.value: _("name"),
        SCHEMA.address.value: _("address"),
        SCHEMA.telephone.value: _("telephone"),
        SCHEMA.faxNumber.value: _("fax"),
        SCHEMA.email.value: _("e-mail"),
        SCHEMA.identifier.value: _("company number or other identifier"),
        SCHEMA.vatID.value: _("value added tax number"),
        DCTERMS.rightsHolder.value: _("rights holder"),
        DCTERMS.isVersionOf.value: _("version of"),
    }


def _dataset_terms(_: Gettext) -> dict[str, str]:
    """VANN, VoID, DCAT and SPDX."""
    return {
        VANN.preferredNamespacePrefix.value: _("preferred prefix"),
        VANN.preferredNamespaceUri.value: _("namespace"),
        VOID.Dataset.value: _("dataset"),
        VOID["class"].value: _("class"),
        VOID.classes.value: _("number of classes"),
        VOID.classPartition.value: _("by class"),
        VOID.dataDump.value: _("download address"),
        VOID.distinctSubjects.value: _("number of subjects"),
        VOID.entities.value: _("number of entities"),
        VOID.exampleResource.value: _("example"),
        VOID.feature.value: _("format"),
        VOID.properties.value: _("number of properties"),
        VOID.property.value: _("property"),
        VOID.propertyPartition.value: _("by property"),
        VOID.sparqlEndpoint.value: _("SPARQL endpoint"),
        VOID.triples.value: _("number of triples"),
        VOID.uriSpace.value: _("namespace"),
        VOID.vocabulary.value: _("vocabulary"),
        DCAT.Dataset.value: _("dataset"),
        DCAT.Catalog.value: _("catalog"),
        DCAT.Distribution.value: _("download"),
        DCAT.DataService.value: _("data service"),
        DCAT.downloadURL.value: _("download address"),
        DCAT.accessURL.value: _("address"),
        DCAT.byteSize.value: _("size in bytes"),
        DCAT.compressFormat.value: _("compression"),
        DCAT.contactPoint.value: _("contact"),
        DCAT.dataset.value: _("dataset"),
        DCAT.endpointDescription.value: _("description of the endpoint"),
        DCAT.endpointURL.value: _("SPARQL endpoint"),
        DCAT.hasCurrentVersion.value: _("current version"),
        DCAT.isVersionOf.value: _("version of"),
        DCAT.keyword.value: _("keyword"),
        DCAT.mediaType.value: _("media type"),
        DCAT.servesDataset.value: _("dataset"),
        DCAT.service.value: _("data service"),
        DCAT.version.value: _("version"),
        SPDX.Checksum.value: _("checksum"),
        SPDX.checksum.value: _("checksum"),
        SPDX.algorithm.value: _("algorithm"),
        SPDX.checksumValue.value: _("value"),
        DCAT.distribution.value: _("downloads"),
    }


def _shape_terms(_: Gettext) -> dict[str, str]:
    """SHACL."""
    return {
        SH.NodeShape.value: _("shape of an entity"),
        SH.PropertyShape.value: _("shape of a property"),
        SH.targetClass.value: _("applies to class"),
        SH.path.value: _("property"),
        SH.property.value: _("shapes of properties"),
        SH.message.value: _("message"),
        SH.minCount.value: _("at least"),
        SH.maxCount.value: _("at most"),
        SH.order.value: _("order"),
        SH.severity.value: _("severity"),
    }
