"""Who: accounts, the follow graph, merchants, creators, grants, notices."""
