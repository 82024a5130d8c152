//! Shows a job.

use super::super::call::{Call, Outcome};
use super::super::defect::DefectClass;
use super::super::facts;
use super::super::fault::Fault;
use super::super::world::{JobState, World};

pub(super) fn show(world: &mut World, call: &Call<'_>) -> Outcome {
    let id = call.parameter("job_id");
    let known = world.jobs.get(id);
    let job = known.filter(|job| job.project == call.project());
    let job = job.ok_or_else(Fault::no_job)?;
    let mut state = job.state(call.now);
    let mut facts = facts::job(job, state);
    if matches!(state, JobState::Done | JobState::Failed) {
        // Only an ill Twin has to remember what it showed.
        if call.is_ill(DefectClass::JobMovesBackwards) {
            if job.shown_ended {
                state = JobState::Running;
                facts = facts::job(job, state);
            } else if let Some(job) = world.jobs.get_mut(id) {
                job.shown_ended = true;
            }
        }
    }
    Ok(facts.into())
}
