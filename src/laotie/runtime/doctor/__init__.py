"""What is wrong with an installation, and the mend. Runs without Django: what is missing is a finding."""
