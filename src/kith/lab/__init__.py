"""The researcher's shell: commands, files and plots, without Django."""
