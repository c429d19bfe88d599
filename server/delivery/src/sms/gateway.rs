//! One gateway of whatever kind, as the worker sees it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    Amount, AskFailure, Callback, CallbackFault, CallbackRequest, EuroSms, GoSms, HttpGateway, Polled, Question, SmsMessage,
    SmsOutcome,
};
#[cfg(feature = "smpp")]
use super::{Smpp, smpp::Parted};
use crate::{Phase, Trouble, TroubleKind};

/// A gateway with its settings and secrets. It is made anew when the account changes; clones share what was learned, such as a token.
#[derive(Clone, Debug)]
pub enum SmsGateway {
    /// EuroSMS, version 3 of its interface.
    EuroSms(EuroSms),
    /// Any gateway over HTTP that an administrator has described.
    Http(Box<HttpGateway>),
    /// GoSMS.cz.
    GoSms(GoSms),
    /// A message centre that speaks SMPP 3.4.
    #[cfg(feature = "smpp")]
    Smpp(Box<Smpp>),
}

/// What a gateway can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsCapabilities {
    /// How many messages one request carries at most.
    pub batch: usize,
    /// How many segments a text may have.
    pub segments: usize,
    /// What it does with our own reference.
    pub reference: ReferenceUse,
    /// Which questions it answers.
    pub polls: Polls,
    /// Whether it calls us, and what such a call is worth.
    pub callbacks: Callbacks,
    /// Whether it tells its credit.
    pub credit: bool,
    /// Whether texts may show at once on the screen.
    pub flash: bool,
    /// Whether texts may have other letters than those of GSM 03.38.
    pub unicode: bool,
    /// Whether a message may be worth delivering for a limited time only.
    pub validity: bool,
    /// Who a text may come from.
    pub sender: SenderRule,
}

/// What a gateway does with our own reference, and so how *unknown* can end without a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReferenceUse {
    /// It does not know it: only a person decides.
    Ignored,
    /// It repeats it on receipts: a receipt proves that the message was taken, silence proves nothing.
    OnReceipts,
    /// It can be asked for it: both answers prove.
    Asked,
    /// It never takes the same one twice: the message may simply be sent again.
    NeverTwice,
}

/// Which questions a gateway answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Polls {
    /// [`Question::Segments`].
    pub segments: bool,
    /// [`Question::Group`].
    pub groups: bool,
    /// [`Question::Changes`].
    pub changes: bool,
    /// [`Question::References`].
    pub references: bool,
}

/// What a call of the gateway is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Callbacks {
    /// It does not call.
    Never,
    /// Whoever knows the secret address can say it: store it, and ask back where it matters.
    Hints,
}

/// Who a text may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SenderRule {
    /// A name or a number, agreed with the gateway.
    NameOrNumber,
    /// Only what is set for the account or channel.
    Fixed,
}

impl SmsGateway {
    /// Hands messages over; one outcome for each, in their order. What goes beyond the capabilities' batch is not attempted
    /// ([`Verdict::AtOnce`](crate::Verdict)).
    ///
    /// `before_leaving` is awaited when the connection stands and before the first byte of a request leaves: there the caller commits
    /// *handed* for the whole batch. If it fails, nothing leaves. `Accepted`, `Deferred`, `Rejected` and `NotSent` are certain.
    ///
    /// # Errors
    /// Gives back the error of `before_leaving`.
    pub async fn transmit<F, Fut, E>(&self, batch: &[SmsMessage], before_leaving: F) -> Result<Vec<SmsOutcome>, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<(), E>>,
    {
        let (now, rest) = batch.split_at(batch.len().min(self.capabilities().batch));
        let mut outcomes = match self {
            Self::EuroSms(it) => it.transmit(now, before_leaving).await,
            Self::Http(it) => it.transmit(now, before_leaving).await,
            Self::GoSms(it) => it.transmit(now, before_leaving).await,
            #[cfg(feature = "smpp")]
            Self::Smpp(it) => it.transmit(now, before_leaving).await,
        }?;
        let left_over = Trouble::new(Phase::Request, TroubleKind::Stale, "the request was full");
        outcomes.extend(rest.iter().map(|_| SmsOutcome::NotSent { trouble: left_over.clone() }));
        Ok(outcomes)
    }

    /// Asks what became of messages.
    ///
    /// # Errors
    /// The gateway has no such question, gave no answer or refused.
    pub async fn poll(&self, question: Question<'_>) -> Result<Polled, AskFailure> {
        match self {
            Self::EuroSms(it) => it.poll(question).await,
            Self::Http(it) => it.poll(question).await,
            Self::GoSms(it) => it.poll(question).await,
            #[cfg(feature = "smpp")]
            Self::Smpp(it) => it.poll(question).await,
        }
    }

    /// Reads a call of the gateway.
    ///
    /// # Errors
    /// The call does not know the secret or cannot be read; then it is not acknowledged.
    pub fn parse_callback(&self, request: &CallbackRequest<'_>) -> Result<Callback, CallbackFault> {
        match self {
            Self::EuroSms(it) => it.parse_callback(request),
            Self::Http(it) => it.parse_callback(request),
            Self::GoSms(it) => it.parse_callback(request),
            #[cfg(feature = "smpp")]
            Self::Smpp(_) => Err(CallbackFault::NotExpected),
        }
    }

    /// Asks for the credit, in the gateway's own unit.
    ///
    /// # Errors
    /// The gateway does not tell, gave no answer or refused.
    pub async fn credit(&self) -> Result<Amount, AskFailure> {
        match self {
            Self::EuroSms(it) => it.credit().await,
            Self::Http(it) => it.credit().await,
            Self::GoSms(it) => it.credit().await,
            #[cfg(feature = "smpp")]
            Self::Smpp(_) => Err(AskFailure::NotSupported),
        }
    }

    /// Makes sure that a connection which is kept stands; a gateway that none is kept to is not asked.
    ///
    /// # Errors
    /// The gateway cannot be reached or does not let us in.
    pub async fn reach(&self) -> Result<(), AskFailure> {
        match self {
            Self::EuroSms(_) | Self::Http(_) | Self::GoSms(_) => Ok(()),
            #[cfg(feature = "smpp")]
            Self::Smpp(it) => it.reach().await,
        }
    }

    /// How often changes have to be asked for so that a connection stays; nothing where none is kept.
    pub fn pause(&self) -> Option<Duration> {
        match self {
            Self::EuroSms(_) | Self::Http(_) | Self::GoSms(_) => None,
            #[cfg(feature = "smpp")]
            Self::Smpp(it) => Some(it.pause()),
        }
    }

    /// Says goodbye to a gateway that a connection is kept to.
    pub async fn close(&self) {
        match self {
            Self::EuroSms(_) | Self::Http(_) | Self::GoSms(_) => {}
            #[cfg(feature = "smpp")]
            Self::Smpp(it) => it.close().await,
        }
    }

    /// Says goodbye to a gateway that a connection is kept to; none is made as long as what it gives lives.
    #[cfg(feature = "smpp")]
    pub async fn part(&self) -> Option<Parted> {
        match self {
            Self::EuroSms(_) | Self::Http(_) | Self::GoSms(_) => None,
            Self::Smpp(it) => Some(it.part().await),
        }
    }

    /// What the gateway can do.
    pub fn capabilities(&self) -> SmsCapabilities {
        match self {
            Self::EuroSms(it) => it.capabilities(),
            Self::Http(it) => it.capabilities(),
            Self::GoSms(it) => it.capabilities(),
            #[cfg(feature = "smpp")]
            Self::Smpp(it) => it.capabilities(),
        }
    }
}
