//! What a scripted server does instead of behaving.

use std::time::Duration;

/// When a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A connection was made.
    Greeting,
    /// EHLO.
    Ehlo,
    /// HELO.
    Helo,
    /// STARTTLS.
    StartTls,
    /// The client is about to begin the handshake.
    Handshake,
    /// AUTH and each further line of it.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The first line of the message has come.
    Body,
    /// The final dot has come.
    Dot,
    /// RSET.
    Reset,
    /// QUIT.
    Quit,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Behave,
    Say(Vec<u8>),
    Trickle(Vec<u8>, Duration),
    Wait(Duration),
    Take,
    Hang,
    HalfClose,
    Close,
    Abort,
}

/// One misbehaviour: when it applies, how often, and the steps it takes.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(super) moment: Moment,
    pub(super) recipient: Option<String>,
    pub(super) connection: Option<usize>,
    pub(super) after: usize,
    pub(super) left: Option<usize>,
    pub(super) steps: Vec<Step>,
}

impl Rule {
    /// A rule for a moment that does nothing yet: the client gets no answer and waits.
    pub fn at(moment: Moment) -> Self {
        Self { moment, recipient: None, connection: None, after: 0, left: None, steps: Vec::new() }
    }

    /// Only for one recipient (from RCPT on).
    pub fn for_recipient(mut self, recipient: &str) -> Self {
        self.recipient = Some(recipient.to_owned());
        self
    }

    /// Only on the connection with this number, from 0.
    pub fn on_connection(mut self, number: usize) -> Self {
        self.connection = Some(number);
        self
    }

    /// Only when the connection has carried this many messages already.
    pub fn after_messages(mut self, n: usize) -> Self {
        self.after = n;
        self
    }

    /// Only this many times, then the server behaves.
    pub fn times(mut self, n: usize) -> Self {
        self.left = Some(n);
        self
    }

    /// Only once.
    pub fn once(self) -> Self {
        self.times(1)
    }

    /// Answers with a line (CRLF is added unless it ends with LF); the code decides what the server does next.
    pub fn answer(self, text: &str) -> Self {
        let end = if text.ends_with('\n') { "" } else { "\r\n" };
        self.bytes(format!("{text}{end}").as_bytes())
    }

    /// Sends bytes as they are.
    pub fn bytes(self, bytes: &[u8]) -> Self {
        self.then(Step::Say(bytes.to_vec()))
    }

    /// Sends bytes one by one with a pause after each.
    pub fn trickle(self, text: &str, pause: Duration) -> Self {
        self.then(Step::Trickle(text.as_bytes().to_vec(), pause))
    }

    /// Does what a good server does at this moment.
    pub fn behave(self) -> Self {
        self.then(Step::Behave)
    }

    /// Waits before the next step.
    pub fn wait(self, pause: Duration) -> Self {
        self.then(Step::Wait(pause))
    }

    /// Takes responsibility for the message without saying so (at the final dot).
    pub fn take(self) -> Self {
        self.then(Step::Take)
    }

    /// Says nothing more and keeps the connection open.
    pub fn hang(self) -> Self {
        self.then(Step::Hang)
    }

    /// Closes its side only.
    pub fn half_close(self) -> Self {
        self.then(Step::HalfClose)
    }

    /// Closes the connection.
    pub fn close(self) -> Self {
        self.then(Step::Close)
    }

    /// Resets the connection (RST).
    pub fn abort(self) -> Self {
        self.then(Step::Abort)
    }

    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    pub(super) fn fits(&self, moment: Moment, recipient: Option<&str>, connection: usize, n_messages: usize) -> bool {
        self.moment == moment
            && self.left != Some(0)
            && self.after <= n_messages
            && self.connection.is_none_or(|it| it == connection)
            && self.recipient.as_deref().is_none_or(|it| Some(it) == recipient)
    }
}
