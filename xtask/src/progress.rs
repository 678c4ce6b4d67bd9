//! What a person sees while a verb is at work.

use std::time::{Duration, Instant};

use crate::failure::Outcome;

/// Announces a step, does it, and says how long it took.
pub fn step<T>(title: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("==> {title}");
    let begun = Instant::now();
    let result = work();
    let took = readable(begun.elapsed());
    match &result {
        Ok(_) => println!("    done in {took}"),
        Err(_) => println!("    ended after {took}"),
    }
    result
}

/// A remark that belongs to the step at work.
pub fn note(text: &str) {
    println!("    {text}");
}

/// A duration as a person reads it: `4.2 s`, `3 min 07 s`.
pub fn readable(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(readable(Duration::from_millis(4_210)), "4.2 s");
        assert_eq!(readable(Duration::from_secs(187)), "3 min 07 s");
    }
}
