//! Wide tests, in one binary.

mod tidy;
