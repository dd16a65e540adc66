"""Tags that draw marks, words with their shapes, and charts. They read nothing."""
