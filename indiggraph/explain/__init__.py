"""Why a text or a graph says what it says: the notes of the build, put in order for a reader."""
