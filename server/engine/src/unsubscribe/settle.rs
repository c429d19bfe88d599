//! Writing down what a person left.

use std::collections::BTreeSet;

use model::{
    Change, Channel, Channels, ConsentDraft, ConsentState, ConsentWay, ContactId, Deed, EmailAddress, HomeCountry, Leaving,
    LocalTime, MessageId, Origin, PhoneNumber, RecipientListId, SuppressionReason, SuppressionSource, SuppressionTarget, UserId,
};
use store::Tx;
use store::consents::Witness;
use store::suppressions::{Found, NewSuppression};
use store::unsubscribe::Addressee;

use crate::{Ctx, Error, Guest};

/// Leaves all of it at once, with what is noted about it: the suppressions, the withdrawn consents with where the person came from, and the
/// end of whatever waited for them. Tests leave nothing.
pub(super) async fn leave(guest: &Guest, message: MessageId, to: &Addressee, what: &[Leaving]) -> Result<(), Error> {
    if to.origin == Origin::Test || what.is_empty() {
        return Ok(());
    }
    let ctx = Ctx::system(&guest.engine);
    let mut tx = guest.engine.store.write().await?;
    let by = Leaver { ctx: &ctx, guest, message, to };
    for it in what {
        match (*it, to.contact) {
            (Leaving::Email, _) => by.leave_channel(&mut tx, Channel::Email).await?,
            (Leaving::Sms, _) => by.leave_channel(&mut tx, Channel::Sms).await?,
            (Leaving::List(list), Some(contact)) => by.leave_list(&mut tx, list, contact).await?,
            (Leaving::List(_), None) => {}
        }
    }
    if let Some(contact) = to.contact {
        by.stop_waiting(&mut tx, contact).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Suppressions);
    ctx.tell(Change::Lists);
    crate::messages::changed(&ctx);
    Ok(())
}

struct Leaver<'a> {
    ctx: &'a Ctx,
    guest: &'a Guest,
    message: MessageId,
    to: &'a Addressee,
}

impl Leaver<'_> {
    /// The address that the message went to is closed by itself; the other channel of a contact with all it has there.
    async fn leave_channel(&self, tx: &mut Tx, channel: Channel) -> Result<(), Error> {
        let by_address = channel == self.to.channel;
        let target = match (by_address, self.to.contact) {
            (true, _) => address(&self.to.address),
            (false, Some(contact)) => Some(SuppressionTarget::Contact(contact, String::new())),
            (false, None) => None,
        };
        let Some(target) = target else { return Ok(()) };
        let new = NewSuppression {
            target: &target,
            channels: if channel == Channel::Email { Channels::Email } else { Channels::Sms },
            reason: SuppressionReason::Unsubscribed,
            source: SuppressionSource::Recipient,
            note: "",
            message: Some(self.message),
            author: UserId::SYSTEM,
        };
        let now = self.ctx.now();
        let found = match &target {
            SuppressionTarget::Contact(contact, _) => store::suppressions::suppress_contact(tx, *contact, &new, now).await?,
            _ => Some(store::suppressions::add(tx, &new, now).await?),
        };
        if !matches!(found, Some(Found::New(_))) {
            return Ok(());
        }
        if by_address {
            store::unsubscribe::note(tx, self.message, now).await?;
        }
        self.ctx.log(tx, Deed::Unsubscribed(self.message, channel)).await?;
        self.withdraw(tx, channel, if by_address { &self.to.address } else { "" }).await
    }

    /// Notes that the consent is withdrawn, with where the person came from: the proof goes with them, the log of actions stays without it.
    async fn withdraw(&self, tx: &mut Tx, channel: Channel, address: &str) -> Result<(), Error> {
        let Some(contact) = self.to.contact else { return Ok(()) };
        let now = self.ctx.now();
        let said = ConsentDraft {
            channel,
            state: ConsentState::Withdrawn,
            on: LocalTime::of(now).day,
            way: ConsentWay::Link,
            proof: String::new(),
        };
        let witness = Witness { by: UserId::SYSTEM, address, network: &self.guest.network };
        store::consents::add(tx, contact, &said, witness, now).await?;
        self.ctx.log(tx, Deed::ConsentNoted(contact, channel, ConsentState::Withdrawn)).await?;
        self.ctx.tell(Change::Contacts);
        Ok(())
    }

    async fn leave_list(&self, tx: &mut Tx, list: RecipientListId, contact: ContactId) -> Result<(), Error> {
        if store::unsubscribe::leave(tx, list, contact, self.ctx.now()).await? {
            self.ctx.log(tx, Deed::ListShrank(list, 1)).await?;
        }
        Ok(())
    }

    /// Ends what waits for the person on a channel that is closed now.
    async fn stop_waiting(&self, tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
        let stopped = store::unsubscribe::stop_waiting(tx, contact, self.ctx.now()).await?;
        for (delivery, message) in &stopped {
            self.ctx.log(tx, Deed::DeliverySuppressed(*message, *delivery)).await?;
        }
        for message in stopped.iter().map(|it| it.1.0).collect::<BTreeSet<_>>() {
            crate::messages::settle(tx, MessageId(message), None).await?;
        }
        Ok(())
    }
}

fn address(text: &str) -> Option<SuppressionTarget> {
    match EmailAddress::parse(text) {
        Ok(it) => Some(SuppressionTarget::Email(it)),
        Err(_) => PhoneNumber::parse(text, HomeCountry::default()).ok().map(SuppressionTarget::Phone),
    }
}
