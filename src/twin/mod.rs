//! The Twin: a stateful server that behaves as documented, and its Defects.
//!
//! Shares no code with the judge: it knows neither `schema`, `case` nor `check`.
