//! Events in; terminal, JSON, JUnit, CTRF, HTML and Markdown out.
//!
//! Main type: [`Report`]. The [`Recorder`] makes a [`Line`] of every Event for `events.jsonl`, and a
//! Report hears the same lines, whether they come from a run or from its log; so every rendering can
//! be made again at any time. A Report keeps each broken promise once with a count and what became
//! of every case and statement. It can be compared with a [`Baseline`], and [`Waivers`] say which
//! findings somebody answers for. It knows no runner.

mod annotations;
mod baseline;
mod ctrf;
mod history;
mod html;
mod json;
mod junit;
mod log;
mod markdown;
mod normal;
mod outcome;
mod record;
mod run;
#[cfg(test)]
mod sample;
mod terminal;
mod trials;
mod waivers;
mod words;

pub use annotations::annotations;
pub use baseline::{Baseline, BaselineError, Gone, Since, Standing};
pub use ctrf::ctrf;
pub use history::{PastRun, history};
pub use html::{Manual, html};
pub use json::json;
pub use junit::junit;
pub use log::{LogError, Recorder, head, print, read};
pub use markdown::summary_md;
pub use normal::read_normalised;
pub use outcome::{FailOn, Outcome, UnknownFailOn};
pub use record::{Ending, Finding, Head, Line, Source};
pub use run::{Counted, Report, Share, Tally};
pub use terminal::{Style, terminal};
pub use waivers::{Pattern, Waived, Waiver, WaiverAccount, Waivers, WaiversError};
pub use words::repeat;
