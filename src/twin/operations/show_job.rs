//! Shows a job.

use serde_json::Value;

use super::super::Call;
use super::super::defect::DefectClass;
use super::super::fault::Fault;
use super::super::world::{JobState, World, job_facts};

pub(super) fn run(world: &mut World, call: &Call<'_>) -> Result<Value, Fault> {
    let now = world.now();
    let job = world.job(call.parameter("project_id"), call.parameter("job_id"));
    let job = job.ok_or_else(Fault::no_job)?;
    let mut state = job.state(now);
    if matches!(state, JobState::Done | JobState::Failed) {
        if job.shown_ended && call.is_ill(DefectClass::JobMovesBackwards) {
            state = JobState::Running;
        }
        job.shown_ended = true;
    }
    Ok(job_facts(job, state))
}
