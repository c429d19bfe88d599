//! Writing the letters of a year, one by one, each when its time has come.

use std::ops::Range;

use engine::{Ctx, Engine, Error, attachments, messages, worker};
use model::message::UNDO_MS;
use model::time::days;
use model::{AccountId, ContactDraft, ContactId, Language, MessageDraft, MessageId, Moment, Purpose};

use super::chance::Chance;
use super::letters::{self, Day};
use super::relay::Relay;
use super::staff::Staff;
use super::until;
use super::year::{Course, Entry};

/// Everything that is at hand while writing.
pub struct Desk<'a> {
    /// The engine, whose clock is moved.
    pub engine: &'a Engine,
    /// Who writes.
    pub staff: &'a Staff,
    /// To whom.
    pub known: &'a [(ContactId, ContactDraft)],
    /// What answers.
    pub relay: &'a Relay,
    /// The account that leads there.
    pub account: AccountId,
    /// The account of Capture.
    pub capture: AccountId,
}

impl Desk<'_> {
    /// Writes those letters of the year.
    ///
    /// # Errors
    /// Fails when a use case fails.
    pub async fn write(&self, entries: &[Entry], those: Range<usize>, chance: &mut Chance) -> Result<(), Error> {
        for n in those {
            let entry = &entries[n];
            until(self.engine, entry.at);
            self.letter(n as u32 + 1, entry, chance).await?;
            let next = entries.get(n + 1).map_or(entry.at.plus(2 * UNDO_MS), |it| it.at);
            self.carry(next).await?;
        }
        Ok(())
    }

    async fn letter(&self, number: u32, entry: &Entry, chance: &mut Chance) -> Result<(), Error> {
        let (contact, to) = &self.known[chance.below(self.known.len() as u64) as usize];
        let ctx = self.author(to, chance);
        let mut draft = self.draft(*contact, to, number, entry, ctx, chance).await?;
        match entry.course {
            Course::Sent(fates) => {
                if let Some(address) = to.email_for(Purpose::General) {
                    self.relay.decide(address, fates);
                }
                messages::send(ctx, None, draft).await?;
            }
            Course::Captured => {
                draft.account = Some(self.capture);
                messages::send(ctx, None, draft).await?;
            }
            Course::Stopped => self.stop(ctx, messages::send(ctx, None, draft).await?.id).await?,
            Course::Prepared => {
                messages::prepare(ctx, None, draft).await?;
            }
            Course::Draft => {
                let words = draft.body.source();
                draft.body = words[..words.find("\n\n").map_or(0, |at| at + 2)].into();
                messages::save_draft(ctx, None, draft).await?;
            }
        }
        Ok(())
    }

    async fn stop(&self, ctx: &Ctx, id: MessageId) -> Result<(), Error> {
        self.engine.clock().advance(UNDO_MS / 2);
        messages::cancel(ctx, vec![id]).await?;
        Ok(())
    }

    /// Czech letters are mostly written by the colleague who is Czech.
    fn author(&self, to: &ContactDraft, chance: &mut Chance) -> &Ctx {
        let writers = &self.staff.writers;
        match (to.language, writers.as_slice()) {
            _ if chance.once_in(8) => &self.staff.manager,
            _ if chance.once_in(20) => &self.staff.administrator,
            (Some(Language::Cs), [_, czech, ..]) => czech,
            (_, [sales, _, invoices, ..]) => chance.pick(&[sales, sales, invoices]),
            _ => &self.staff.manager,
        }
    }

    async fn draft(
        &self,
        contact: ContactId,
        to: &ContactDraft,
        number: u32,
        entry: &Entry,
        ctx: &Ctx,
        chance: &mut Chance,
    ) -> Result<MessageDraft, Error> {
        let letter = letters::write(to, number, Day::of(entry.at.0.div_euclid(days(1))), chance);
        let mut files = Vec::new();
        if let Some((name, document)) = letter.file {
            let content = documents::pdf(&document)?;
            files.push(attachments::put(ctx, &name, "application/pdf", content).await?.id);
        }
        let second = to.emails.get(1).filter(|_| chance.once_in(2)).map(|it| it.text.clone()).unwrap_or_default();
        Ok(MessageDraft {
            contact: Some(contact),
            account: Some(self.account),
            to: to.email_for(Purpose::General).unwrap_or_default().to_owned(),
            cc: second,
            subject: letter.subject,
            body: letter.body.into(),
            with_signature: true,
            attachments: files,
            ..MessageDraft::default()
        })
    }

    /// Lets the worker carry what is due before the next letter is written, at the time at which each is due.
    async fn carry(&self, next: Moment) -> Result<(), Error> {
        let mut turn = worker::turn(self.engine).await?;
        while let Some(due) = turn.next_due.filter(|it| it.plus(1) < next) {
            // A second after it was due, as a worker that was woken by its clock.
            until(self.engine, due.plus(1));
            turn = worker::turn(self.engine).await?;
        }
        Ok(())
    }
}
