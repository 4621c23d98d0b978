"""The follow graph: who follows whom, and mutual follows."""
