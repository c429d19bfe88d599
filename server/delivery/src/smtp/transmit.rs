//! One message to one recipient over a connection.

use std::time::Duration;

use super::{
    Capabilities, Connection, Content, Pipelining, TimeLimits,
    commands::Commands,
    wire::{Unasked, Wire},
};
use crate::{Envelope, Evidence, Outcome, Phase, Reply, ReplyClass, Trouble, TroubleKind};

impl Connection {
    /// Sends one message to one recipient.
    ///
    /// `before_final_dot` is awaited after the whole message was written and before the final dot leaves: there the caller commits
    /// *handed*. If it fails, the connection is closed without the dot, so the relay has not got the message. Whatever ends with
    /// [`Outcome::NotSent`], `Deferred` or `Rejected` is certain; only an answer that is missing after the dot is `Unknown`.
    ///
    /// # Errors
    /// Gives back the error of `before_final_dot`.
    pub async fn transmit<F, Fut, E>(
        &mut self,
        envelope: &Envelope,
        content: &Content<'_>,
        before_final_dot: F,
    ) -> Result<Outcome, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<(), E>>,
    {
        let commands = match Commands::new(envelope, content, &self.capabilities) {
            Ok(commands) => commands,
            Err(trouble) => return Ok(Outcome::NotSent { trouble }),
        };
        let Some(wire) = self.wire.take() else {
            let trouble = Trouble::new(Phase::Sender, TroubleKind::Stale, "the connection was given up");
            return Ok(Outcome::NotSent { trouble });
        };
        let mut exchange = Exchange {
            wire,
            keep: true,
            dirty: self.dirty,
            fresh: self.n_messages == 0,
            limits: self.limits,
            pipelining: &self.pipelining,
            capabilities: &self.capabilities,
            peer: &self.peer,
        };
        self.n_messages += 1;
        let outcome = match exchange.offer(&commands, content).await {
            Err(outcome) => outcome,
            Ok(()) => {
                before_final_dot().await?;
                exchange.finish(content).await
            }
        };
        self.dirty = exchange.dirty;
        if exchange.keep {
            self.wire = Some(exchange.wire);
        }
        Ok(outcome)
    }
}

/// One message on its way; ends with an outcome, and says whether the connection may be kept.
struct Exchange<'a> {
    wire: Wire,
    keep: bool,
    dirty: bool,
    fresh: bool,
    limits: TimeLimits,
    pipelining: &'a Pipelining,
    capabilities: &'a Capabilities,
    peer: &'a str,
}

impl Exchange<'_> {
    /// Everything before the final dot; `Err` is an outcome that came earlier.
    async fn offer(&mut self, commands: &Commands, content: &Content<'_>) -> Result<(), Outcome> {
        if !self.fresh {
            self.freshen().await?;
        }
        if self.capabilities.pipelining && self.pipelining.is_allowed() {
            self.offer_together(commands).await?;
        } else {
            self.offer_one_by_one(commands).await?;
        }
        if let Err(trouble) = self.wire.send(content.wire(), Phase::Body, self.limits.block).await {
            return Err(match self.wire.last_words(Phase::Body).await {
                Some(answer) => self.refused_for_good(Phase::Body, answer.reply()),
                None => self.broken(trouble),
            });
        }
        self.expect_silence().await
    }

    /// Finds out whether a kept connection still lives, and clears what the last message left behind.
    async fn freshen(&mut self) -> Result<(), Outcome> {
        let why = match self.wire.unasked().await {
            Unasked::Nothing if !self.dirty => return Ok(()),
            Unasked::Nothing => match self.ask(b"RSET\r\n", Phase::Reset, self.limits.command).await {
                Ok(reply) if reply.class() == ReplyClass::Accepted => {
                    self.dirty = false;
                    return Ok(());
                }
                Ok(reply) => Some(reply),
                Err(trouble) => trouble.reply,
            },
            Unasked::Words => self.wire.last_words(Phase::Sender).await.map(|it| it.reply()),
            Unasked::Closed => None,
        };
        Err(self.stale(why))
    }

    async fn offer_one_by_one(&mut self, commands: &Commands) -> Result<(), Outcome> {
        let reply = match self.ask(&commands.sender, Phase::Sender, self.limits.sender).await {
            Ok(reply) => reply,
            Err(trouble) => return Err(self.broken_at_sender(trouble)),
        };
        self.judge_sender(reply)?;
        self.dirty = true;
        for (command, phase, limit) in
            [(&commands.recipient[..], Phase::Recipient, self.limits.recipient), (b"DATA\r\n", Phase::Data, self.limits.data)]
        {
            let reply = match self.ask(command, phase, limit).await {
                Ok(reply) => reply,
                Err(trouble) => return Err(self.broken(trouble)),
            };
            self.judge(phase, reply)?;
        }
        Ok(())
    }

    /// MAIL, RCPT and DATA in one go (RFC 2920).
    async fn offer_together(&mut self, commands: &Commands) -> Result<(), Outcome> {
        if let Err(trouble) = self.wire.send(&commands.together(), Phase::Sender, self.limits.sender).await {
            self.keep = false;
            let Some(answer) = self.wire.last_words(Phase::Sender).await else {
                return Err(self.broken_at_sender(trouble));
            };
            self.judge_sender(answer.reply())?;
            return Err(self.broken(trouble));
        }
        let sender = match self.read(Phase::Sender, self.limits.sender).await {
            Ok(reply) => reply,
            Err(trouble) => return Err(self.broken_at_sender(trouble)),
        };
        self.dirty = true;
        if let Err(outcome) = self.judge_sender(sender) {
            self.pass_over_the_rest().await;
            return Err(outcome);
        }
        let recipient = match self.read(Phase::Recipient, self.limits.recipient).await {
            Ok(reply) => reply,
            Err(trouble) => return Err(self.broken_in_group(trouble)),
        };
        if matches!(recipient.code, 500 | 503) && self.pipelining.give_up() {
            return Err(self.group_failed(Trouble::answered(Phase::Recipient, recipient)));
        }
        if let Err(outcome) = self.judge(Phase::Recipient, recipient) {
            self.close_empty_data(&outcome).await;
            return Err(outcome);
        }
        let data = match self.read(Phase::Data, self.limits.data).await {
            Ok(reply) => reply,
            Err(trouble) => return Err(self.broken_in_group(trouble)),
        };
        if data.class() == ReplyClass::Accepted {
            return Err(self.broken_in_group(out_of_step(Phase::Data, data)));
        }
        self.judge(Phase::Data, data)?;
        self.pipelining.prove();
        Ok(())
    }

    /// After a refused sender the other two answers mean nothing. A relay that wants data all the same must not get a dot: it might
    /// have a recipient.
    async fn pass_over_the_rest(&mut self) {
        for (phase, limit) in [(Phase::Recipient, self.limits.recipient), (Phase::Data, self.limits.data)] {
            if !self.keep {
                return;
            }
            match self.read(phase, limit).await {
                Ok(reply) if 400 <= reply.code && !reply.closes() => {}
                Ok(reply) if phase == Phase::Recipient && reply.class() == ReplyClass::Accepted => {}
                _ => self.keep = false,
            }
        }
    }

    /// After the only recipient was refused, DATA may have been accepted: an empty message for nobody ends it (RFC 2920 §3.1).
    async fn close_empty_data(&mut self, outcome: &Outcome) {
        if !self.keep || matches!(outcome, Outcome::NotSent { .. }) {
            return;
        }
        match self.read(Phase::Data, self.limits.data).await {
            Ok(reply) if reply.code == 354 => {
                let answer = self.wire.ask(b".\r\n", Phase::Data, self.limits.final_dot).await;
                self.keep = answer.is_ok_and(|it| !it.reply().closes());
            }
            Ok(reply) => self.keep = 400 <= reply.code && !reply.closes(),
            Err(_) => self.keep = false,
        }
    }

    /// Before the dot the relay has nothing to say; if it says something, the dot must not follow.
    async fn expect_silence(&mut self) -> Result<(), Outcome> {
        match self.wire.unasked().await {
            Unasked::Nothing => Ok(()),
            Unasked::Closed => Err(self.broken(Trouble::new(Phase::Body, TroubleKind::Closed, ""))),
            Unasked::Words => Err(match self.read(Phase::Body, self.limits.block).await {
                Ok(reply) if 400 <= reply.code => self.refused_for_good(Phase::Body, reply),
                Ok(reply) => self.broken(out_of_step(Phase::Body, reply)),
                Err(trouble) => self.broken(trouble),
            }),
        }
    }

    /// The final dot and its answer.
    async fn finish(&mut self, content: &Content<'_>) -> Outcome {
        if let Err(outcome) = self.expect_silence().await {
            return outcome;
        }
        let answer = match self.wire.send(b".\r\n", Phase::FinalDot, self.limits.block).await {
            Ok(()) => self.wire.read(Phase::FinalDot, self.limits.final_dot).await,
            Err(trouble) => self.wire.last_words(Phase::FinalDot).await.ok_or(trouble),
        };
        self.dirty = false;
        let trouble = match answer.map(|it| it.reply()) {
            Ok(reply) if reply.class() == ReplyClass::Accepted => return Outcome::Accepted { reply },
            Ok(reply) if 400 <= reply.code => return self.refused(Phase::FinalDot, reply),
            Ok(reply) => out_of_step(Phase::FinalDot, reply),
            Err(trouble) => trouble,
        };
        self.keep = false;
        let bytes = content.wire().len() as u64;
        Outcome::Unknown { evidence: Evidence { trouble, relay: self.peer.to_owned(), bytes } }
    }

    async fn ask(&mut self, command: &[u8], phase: Phase, limit: Duration) -> Result<Reply, Trouble> {
        Ok(self.wire.ask(command, phase, limit).await?.reply())
    }

    async fn read(&mut self, phase: Phase, limit: Duration) -> Result<Reply, Trouble> {
        Ok(self.wire.read(phase, limit).await?.reply())
    }

    /// Judges the answer to MAIL. On a kept connection 421 only says that its time is over.
    fn judge_sender(&mut self, reply: Reply) -> Result<(), Outcome> {
        if reply.code == 421 && !self.fresh { Err(self.stale(Some(reply))) } else { self.judge(Phase::Sender, reply) }
    }

    /// Judges the answer to MAIL, RCPT (2xx is yes) or DATA (354 is yes). Our sequence is right, so a relay that calls it bad (503) is
    /// out of step with us.
    fn judge(&mut self, phase: Phase, reply: Reply) -> Result<(), Outcome> {
        match reply.class() {
            _ if reply.code == 503 => Err(self.broken(out_of_step(phase, reply))),
            ReplyClass::Later | ReplyClass::Never => Err(self.refused(phase, reply)),
            ReplyClass::Accepted if phase != Phase::Data => Ok(()),
            ReplyClass::GoOn if phase == Phase::Data => Ok(()),
            _ => Err(self.broken(out_of_step(phase, reply))),
        }
    }

    fn refused(&mut self, phase: Phase, reply: Reply) -> Outcome {
        if reply.closes() {
            self.keep = false;
        }
        if reply.class() == ReplyClass::Later { Outcome::Deferred { phase, reply } } else { Outcome::Rejected { phase, reply } }
    }

    fn refused_for_good(&mut self, phase: Phase, reply: Reply) -> Outcome {
        self.keep = false;
        self.refused(phase, reply)
    }

    fn broken(&mut self, trouble: Trouble) -> Outcome {
        self.keep = false;
        Outcome::NotSent { trouble }
    }

    /// A kept connection that breaks at the first word was dead before: no attempt.
    fn broken_at_sender(&mut self, trouble: Trouble) -> Outcome {
        if !self.fresh && trouble.kind == TroubleKind::Closed { self.stale(trouble.reply) } else { self.broken(trouble) }
    }

    /// Trouble after the first answer to a group: the relay may not be able to take groups at all.
    fn broken_in_group(&mut self, trouble: Trouble) -> Outcome {
        if self.pipelining.give_up() { self.group_failed(trouble) } else { self.broken(trouble) }
    }

    fn group_failed(&mut self, trouble: Trouble) -> Outcome {
        self.broken(Trouble { kind: TroubleKind::PipeliningBroken, detail: format!("{:?}", trouble.kind), ..trouble })
    }

    fn stale(&mut self, reply: Option<Reply>) -> Outcome {
        self.broken(Trouble { reply, ..Trouble::new(Phase::Sender, TroubleKind::Stale, "") })
    }
}

fn out_of_step(phase: Phase, reply: Reply) -> Trouble {
    Trouble { reply: Some(reply), ..Trouble::new(phase, TroubleKind::Desync, "") }
}
