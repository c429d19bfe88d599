//! Background work that is done turn by turn.

use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::Error;

/// Takes turns until `stop` becomes true: one after the other while each finds something to do, and again after a pause or when somebody
/// rings. A turn that fails is told with these words and tried again later.
pub(crate) async fn turns<F: Future<Output = Result<bool, Error>>>(
    mut stop: watch::Receiver<bool>,
    bell: &Notify,
    pause: Duration,
    failed: &'static str,
    mut turn: impl FnMut() -> F,
) {
    while !*stop.borrow() {
        let turned = tokio::select! {
            turned = turn() => turned,
            _ = stop.wait_for(|it| *it) => return,
        };
        match turned {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "{failed}"),
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = bell.notified() => {}
            _ = stop.changed() => {}
        }
    }
}
