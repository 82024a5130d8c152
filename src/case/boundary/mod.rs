//! Values on both sides of every boundary of a field.
//!
//! Main entry: [`probes`]. What it gives for the inside breaks nothing, what it gives for the
//! outside breaks that one statement; a value for which that cannot be had is not given. One file
//! per sort of statement; [`probe`] collects and keeps them honest.

mod character;
mod length;
mod listed;
mod number;
mod probe;
mod statement;

pub(in crate::case) use probe::{Probe, Side};
pub(in crate::case) use statement::{out_of_reach, probes};
