//! Tests of the Twin as a whole.
