//! The model that this crate carries, for all who ask in one process.

use std::sync::LazyLock;

use super::restorer::Restorer;

static SHARED: LazyLock<Restorer> = LazyLock::new(Restorer::builtin);

impl Restorer {
    /// [`Restorer::builtin`], checked once in a process, when it is first asked for.
    ///
    /// ```
    /// use language::zwnj::Restorer;
    ///
    /// assert!(std::ptr::eq(Restorer::shared(), Restorer::shared()));
    /// ```
    #[must_use]
    pub fn shared() -> &'static Restorer {
        &SHARED
    }
}
