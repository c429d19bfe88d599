//! What became of a message, told by its deliveries.

use model::{Address, DeliveryDetail, DeliveryState, MessageDetail, MessageState};

use super::message_acts::Shown;

/// The longest piece of a relay's answer that stands outside its own place, in characters.
const REPLY_MAX: usize = 160;

/// What a person should know before reading on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The end of so many deliveries is unknown; a person decides.
    Unknown(u32),
    /// One address did not get it; the relay's answer in short, empty when there is none.
    One(Address, String),
    /// So many addresses did not get it.
    Several(u32),
}

/// The most telling thing about an open message, as the list would show it.
pub fn shown(message: &MessageDetail) -> Shown {
    let count = |is: fn(&DeliveryDetail) -> bool| message.deliveries.iter().filter(|it| is(it)).count() as u32;
    let unknown = count(|it| it.state == DeliveryState::Unknown);
    let deferred = count(|it| it.state == DeliveryState::Waiting && !it.attempts.is_empty());
    match message.state {
        MessageState::Queued if 0 < unknown => Shown::Unknown(unknown),
        MessageState::Queued if 0 < deferred => Shown::Deferred(deferred),
        state => Shown::State(state),
    }
}

/// What went wrong, if anything did; what still can be decided comes first.
pub fn trouble(message: &MessageDetail) -> Option<Trouble> {
    let unknown = message.deliveries.iter().filter(|it| it.state == DeliveryState::Unknown).count() as u32;
    if 0 < unknown {
        return Some(Trouble::Unknown(unknown));
    }
    let failed: Vec<&DeliveryDetail> = message.deliveries.iter().filter(|it| is_failed(it.state)).collect();
    match failed.as_slice() {
        [] => None,
        [one] => Some(Trouble::One(one.address.clone(), one.attempts.last().map_or_else(String::new, |it| short(&it.reply)))),
        several => Some(Trouble::Several(several.len() as u32)),
    }
}

/// Whether something of it can still be stopped.
pub fn can_stop(message: &MessageDetail) -> bool {
    let waits = message.deliveries.iter().any(|it| it.state == DeliveryState::Waiting);
    let is_prepared = message.state == MessageState::Prepared && !waits_for_campaign(message);
    is_prepared || message.state == MessageState::Queued && waits
}

/// Whether it leaves, is changed and is stopped with its campaign alone, so that nothing goes past the review.
pub fn waits_for_campaign(message: &MessageDetail) -> bool {
    message.state == MessageState::Prepared && message.campaign.is_some()
}

/// Whether a try to carry it was made.
pub fn has_left(message: &MessageDetail) -> bool {
    message.deliveries.iter().any(|it| !it.attempts.is_empty())
}

fn is_failed(state: DeliveryState) -> bool {
    matches!(state, DeliveryState::Rejected | DeliveryState::Returned | DeliveryState::Expired)
}

/// The first line of an answer.
fn short(reply: &str) -> String {
    let line = reply.lines().next().unwrap_or_default().trim();
    match line.char_indices().nth(REPLY_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use model::{Attempt, AttemptOutcome, CampaignId, Channel, DeliveryId, MessageId, Moment, Origin, UserId};

    use super::*;

    fn delivery(id: i64, state: DeliveryState, reply: Option<&str>) -> DeliveryDetail {
        let attempt = |reply: &str| Attempt {
            number: 1,
            at: Moment(0),
            outcome: AttemptOutcome::Rejected,
            relay: String::new(),
            reply: reply.to_owned(),
            tls: String::new(),
        };
        let address = Address::parse(&format!("a{id}@x.sk")).unwrap();
        let attempts = reply.map(attempt).into_iter().collect();
        DeliveryDetail { id: DeliveryId(id), address, state, due_at: None, attempts, suppressed: None, parts: Vec::new() }
    }

    fn message(state: MessageState, deliveries: Vec<DeliveryDetail>) -> MessageDetail {
        MessageDetail {
            id: MessageId(1),
            channel: Channel::Email,
            origin: Origin::Manual,
            state,
            account: None,
            from: String::new(),
            reply_to: String::new(),
            recipients: Vec::new(),
            subject: String::new(),
            text: String::new(),
            attachments: Vec::new(),
            deliveries,
            contact: None,
            resend_of: None,
            resent_as: Vec::new(),
            template: None,
            campaign: None,
            author: (UserId(2), String::new()),
            created_at: Moment(0),
            due_at: None,
            undo_until: None,
            header_id: String::new(),
            erased_at: None,
            binned_at: None,
            is_proof: false,
            log: Vec::new(),
        }
    }

    #[test]
    fn the_answer_of_the_only_address_that_failed_is_told_in_one_line() {
        let long = format!("550 5.1.1 {}\nsecond", "x".repeat(200));
        let failed = message(MessageState::Failed, vec![delivery(1, DeliveryState::Rejected, Some(&long))]);
        let Some(Trouble::One(address, reply)) = trouble(&failed) else { panic!("no trouble") };
        assert_eq!((address.as_str(), reply.chars().count(), reply.contains('\n')), ("a1@x.sk", 161, false));
    }

    #[test]
    fn what_can_still_be_decided_comes_first() {
        let deliveries = vec![delivery(1, DeliveryState::Rejected, Some("550")), delivery(2, DeliveryState::Unknown, None)];
        let queued = message(MessageState::Queued, deliveries);
        assert_eq!(trouble(&queued), Some(Trouble::Unknown(1)));
        assert_eq!(shown(&queued), Shown::Unknown(1));
    }

    #[test]
    fn only_what_waits_can_be_stopped() {
        assert!(can_stop(&message(MessageState::Prepared, Vec::new())));
        assert!(can_stop(&message(MessageState::Queued, vec![delivery(1, DeliveryState::Waiting, None)])));
        assert!(!can_stop(&message(MessageState::Queued, vec![delivery(1, DeliveryState::Unknown, None)])));
        assert!(!can_stop(&message(MessageState::Sent, vec![delivery(1, DeliveryState::Accepted, None)])));
    }

    #[test]
    fn what_a_campaign_prepared_waits_for_it() {
        let of_campaign = |state| MessageDetail { campaign: Some((CampaignId(1), "Jar".into())), ..message(state, Vec::new()) };
        let prepared = of_campaign(MessageState::Prepared);
        assert_eq!((waits_for_campaign(&prepared), can_stop(&prepared)), (true, false));
        assert!(!waits_for_campaign(&of_campaign(MessageState::Sent)));
        assert!(!waits_for_campaign(&message(MessageState::Prepared, Vec::new())));
    }

    #[test]
    fn a_delivery_that_is_tried_again_is_deferred() {
        let deferred = message(MessageState::Queued, vec![delivery(1, DeliveryState::Waiting, Some("451"))]);
        assert_eq!((shown(&deferred), trouble(&deferred)), (Shown::Deferred(1), None));
        let fresh = message(MessageState::Queued, vec![delivery(1, DeliveryState::Waiting, None)]);
        assert_eq!(shown(&fresh), Shown::State(MessageState::Queued));
    }
}
