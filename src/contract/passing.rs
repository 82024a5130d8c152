//! Words for states after which another one follows.

/// Words of such a state, beside those that end in "ing".
const PASSING: [&str; 8] = [
    "build", "init", "queued", "reboot", "rebuild", "resize", "pend", "prep",
];
/// Words that end in "ing" all the same, and words of a state in which somebody is waited for.
const RESTING: [&str; 7] = [
    "running", "missing", "existing", "working", "serving", "verify", "confirm",
];

/// Whether the word for a state says that another one follows: `CREATING`, `BUILD`, `HARD_REBOOT`.
pub fn is_passing(state: &str) -> bool {
    let state = state.to_lowercase();
    let words = || state.split(|c: char| !c.is_alphanumeric());
    let passes = |word: &str| word.ends_with("ing") || PASSING.contains(&word);
    !words().any(|word| RESTING.contains(&word)) && words().any(passes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_whether_another_state_follows() {
        for state in [
            "CREATING",
            "BUILD",
            "HARD_REBOOT",
            "powering-off",
            "PENDING_UPDATE",
            "resize_prep",
        ] {
            assert!(is_passing(state), "{state}");
        }
        for state in [
            "ACTIVE",
            "running",
            "VERIFY_RESIZE",
            "SHUTOFF",
            "ERROR",
            "in-use",
            "PINGED",
            "",
        ] {
            assert!(!is_passing(state), "{state}");
        }
    }
}
