//! Jobs: work on things at hand on several threads, with the results taken in order.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use crate::error::Error;
use crate::pipeline::guard;

/// How many jobs may be done or under way before the first of them is taken, for each thread.
const AHEAD: usize = 3;

/// Does `work` on each item, on so many threads, and gives what comes of it to `take`, in the order of the items.
///
/// With one thread everything happens in turn on the calling one. Otherwise `take` runs there, beside the workers, and
/// at most three results for each of them are waiting for it.
///
/// ```
/// let mut squares = Vec::new();
/// textcore::jobs::in_order(2, 1..=4, |number| Ok(number * number), |square| Ok(squares.push(square)))?;
/// assert_eq!(squares, [1, 4, 9, 16]);
/// # Ok::<(), textcore::Error>(())
/// ```
///
/// # Errors
/// The first error in the order of the items, of `work` or of `take`; [`Error::Internal`] if a worker panicked.
pub fn in_order<I, T>(
    threads: usize,
    items: impl IntoIterator<Item = I>,
    work: impl Fn(I) -> Result<T, Error> + Sync,
    mut take: impl FnMut(T) -> Result<(), Error>,
) -> Result<(), Error>
where
    I: Send,
    T: Send,
{
    let mut items = items.into_iter();
    if threads == 1 {
        return items.try_for_each(|item| take(work(item)?));
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("worker-{index}"))
        .build()
        .map_err(|error| Error::Internal(format!("cannot start threads: {error}")))?;
    let (work, is_over) = (&work, &AtomicBool::new(false));
    pool.in_place_scope_fifo(|scope| {
        let mut waiting = VecDeque::new();
        let result = loop {
            while waiting.len() < AHEAD * threads
                && let Some(item) = items.next()
            {
                let (sender, receiver) = mpsc::sync_channel(1);
                waiting.push_back(receiver);
                scope.spawn_fifo(move |_| {
                    if !is_over.load(Ordering::Relaxed) {
                        // Nobody waits for a result any more once the run is over.
                        let _ = sender.send(guard(|| work(item)).flatten());
                    }
                });
            }
            let Some(first) = waiting.pop_front() else { break Ok(()) };
            let result = first.recv().map_err(|_| Error::Internal("a worker gave no result".to_owned()));
            if let Err(error) = result.flatten().and_then(&mut take) {
                break Err(error);
            }
        };
        is_over.store(true, Ordering::Relaxed);
        result
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_the_first_error_ends_them() {
        for threads in [1, 2, 5] {
            let mut taken = Vec::new();
            let result = in_order(
                threads,
                0..100u64,
                |number| {
                    std::thread::sleep(std::time::Duration::from_micros(number * 7919 % 40));
                    if number == 60 { Err(Error::Usage("sixty".to_owned())) } else { Ok(number) }
                },
                |number| {
                    taken.push(number);
                    Ok(())
                },
            );
            assert!(matches!(result, Err(Error::Usage(_))));
            assert_eq!(taken, (0..60).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_is_an_error() {
        let result = in_order(2, 0..3, |number| Ok(10 / (number - 1)), |_| Ok(()));
        assert!(matches!(result, Err(Error::Internal(_))));
    }
}
