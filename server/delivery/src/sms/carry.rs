//! One request to a gateway over HTTP, with the two things that can go wrong kept apart: before it leaves and after.

use url::Url;

use super::{Answer, AskFailure, Cause, Reference, SmsEvidence, SmsMessage, SmsOutcome};
use crate::{
    Phase, Trouble, TroubleKind,
    http::{HttpAnswer, HttpWay, Request, open, ready},
};

/// What came of a request that hands messages over.
pub(super) enum Heard {
    /// The gateway answered.
    Answer(HttpAnswer),
    /// Nothing has left.
    Unsent(Trouble),
    /// It may have left, and no whole answer came.
    Lost(Trouble),
}

/// Makes the connection, lets the caller commit, and only then says the request.
pub(super) async fn hand_over<F, Fut, E>(way: &HttpWay, request: Request, before_leaving: F) -> Result<Heard, E>
where
    F: FnOnce() -> Fut,
    Fut: Future<Output = Result<(), E>>,
{
    let request = match ready(request) {
        Ok(request) => request,
        Err(trouble) => return Ok(Heard::Unsent(trouble)),
    };
    let line = match open(way, &request).await {
        Ok(line) => line,
        Err(trouble) => return Ok(Heard::Unsent(trouble)),
    };
    before_leaving().await?;
    Ok(match line.ask(request).await {
        Ok(answer) => Heard::Answer(answer),
        Err(trouble) => Heard::Lost(trouble),
    })
}

/// Asks something that may be asked again at will.
pub(super) async fn ask(way: &HttpWay, request: Request) -> Result<HttpAnswer, AskFailure> {
    let request = ready(request).map_err(AskFailure::Trouble)?;
    let line = open(way, &request).await.map_err(AskFailure::Trouble)?;
    line.ask(request).await.map_err(AskFailure::Trouble)
}

/// The same end for each message of a batch.
pub(super) fn for_each(batch: &[SmsMessage], outcome: impl Fn(&Reference) -> SmsOutcome) -> Vec<SmsOutcome> {
    batch.iter().map(|it| outcome(&it.reference)).collect()
}

/// Nobody knows, because no whole answer came.
pub(super) fn lost(trouble: &Trouble, gateway: &str, reference: &Reference) -> SmsOutcome {
    let (trouble, gateway) = (Some(trouble.clone()), gateway.to_owned());
    SmsOutcome::Unknown { evidence: SmsEvidence { trouble, answer: None, gateway, reference: reference.clone() } }
}

/// Nobody knows, because the answer does not say.
pub(super) fn unsaid(answer: Answer, gateway: &str, reference: &Reference) -> SmsOutcome {
    let (answer, gateway) = (Some(answer), gateway.to_owned());
    SmsOutcome::Unknown { evidence: SmsEvidence { trouble: None, answer, gateway, reference: reference.clone() } }
}

/// A question was answered with no, or with something that we do not understand.
pub(super) fn no(status: u16, answer: Answer) -> AskFailure {
    AskFailure::Refused { cause: Cause::of_status(status).unwrap_or(Cause::Busy), answer }
}

/// The address of a gateway without a path, if it can be used.
pub(super) fn base(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|it| !it.cannot_be_a_base() && it.host().is_some())
}

/// A path at the address of a gateway.
pub(super) fn join(base: Option<&Url>, path: &str) -> Result<Url, Trouble> {
    let unusable = || Trouble::new(Phase::Resolve, TroubleKind::UnsafeSetting, "the address of the gateway cannot be used");
    base.and_then(|it| it.join(path).ok()).ok_or_else(unusable)
}

/// Host and port of an address, as evidence.
pub(super) fn place(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.host_str().unwrap_or_default())
}
