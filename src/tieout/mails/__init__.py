"""Mails about a company: written once each, kept until they are sent, in text and HTML."""
