//! How long to wait before looking again at what takes time: a job, a removal, a change that must
//! arrive.

use std::time::Duration;

/// Pauses without end, each twice as long as the one before, up to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pauses {
    next: Duration,
    longest: Duration,
}

impl Pauses {
    /// For clocks that are turned: what takes time there takes seconds, and waiting costs nothing.
    pub const USUAL: Self = Self {
        next: Duration::from_secs(1),
        longest: Duration::from_secs(30),
    };

    /// For clocks that run: a quick server is not waited for, and a slow one is not pestered.
    pub const REAL: Self = Self {
        next: Duration::from_millis(10),
        longest: Duration::from_secs(5),
    };
}

impl Iterator for Pauses {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let pause = self.next;
        self.next = (pause * 2).min(self.longest);
        Some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_grow_up_to_the_longest() {
        let millis: Vec<u128> = Pauses::REAL
            .map(|pause| pause.as_millis())
            .take(11)
            .collect();
        assert_eq!(
            millis,
            [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5000, 5000]
        );
    }
}
