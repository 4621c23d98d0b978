"""The operators' desk: applications, reports, takedown, audit."""
