//! Lists and segments that were picked and do not stand for their members yet.

use model::{Audience, ExpandedSet, SetOffer, message::RECIPIENTS_MAX};

/// A list or a segment that was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickedSet {
    /// Which one.
    pub offer: SetOffer,
    /// How it stands.
    pub standing: SetStanding,
}

/// How a picked set stands in a field of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetStanding {
    /// Its members are being asked for.
    Coming,
    /// It has more members than one message may have recipients.
    TooMany(u64),
    /// Its members could not be asked for.
    Failed,
}

/// The sets of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PickedSets(Vec<PickedSet>);

impl PickedSets {
    /// The sets in the order in which they were picked.
    pub fn all(&self) -> &[PickedSet] {
        &self.0
    }

    /// Puts a set in, whose members are being asked for from now on.
    pub fn put(&mut self, offer: SetOffer) {
        self.remove(offer.audience);
        self.0.push(PickedSet { offer, standing: SetStanding::Coming });
    }

    /// Takes a set away.
    pub fn remove(&mut self, audience: Audience) {
        self.0.retain(|it| it.offer.audience != audience);
    }

    /// What came of a set, if it is to take its place; the set stays when it has too many members or could not be asked for.
    pub fn take_apart<R>(&mut self, audience: Audience, came: Option<ExpandedSet<R>>) -> Option<ExpandedSet<R>> {
        let set = self.0.iter_mut().find(|it| it.offer.audience == audience)?;
        match came {
            None => set.standing = SetStanding::Failed,
            Some(came) if (RECIPIENTS_MAX as u64) < came.members => set.standing = SetStanding::TooMany(came.members),
            Some(came) => {
                self.remove(audience);
                return Some(came);
            }
        }
        None
    }
}
