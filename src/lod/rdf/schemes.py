"""The schemes IRIs of linked data begin with, as far as they are common."""

from __future__ import annotations

SCHEMES = frozenset(
    {
        *("about", "acct", "app", "arcp", "ark", "bitcoin", "blob", "bundle", "cid", "coap"),
        *("data", "dav", "did", "dns", "doi", "example", "feed", "file", "ftp", "ftps"),
        *("genid", "geo", "git", "gopher", "gs", "hdfs", "hdl", "http", "https", "igsn"),
        *("info", "ipfs", "ipns", "irc", "isbn", "issn", "jar", "jdbc", "ldap", "ldaps"),
        *("lsid", "magnet", "mailto", "mid", "news", "nfs", "ni", "nntp", "oid", "orcid"),
        *("pkg", "res", "rtsp", "s3", "sftp", "sip", "sips", "skolem", "smb", "sms", "spdx"),
        *("ssh", "svn", "swh", "swid", "tag", "tdb", "tel", "urn", "webcal", "ws", "wss"),
        *("xmpp"),
    }
)
"""Registered with IANA, or seen so often that nobody means another."""
