//! Handing a batch over: as many parts on their way as the window allows, each answer put to its message.

use std::collections::{HashMap, VecDeque};

use super::{
    SmppSettings,
    link::{Link, id_of},
    pdu::{Pdu, command},
    status, submission,
};
use crate::{
    Phase, Trouble, TroubleKind,
    sms::{Answer, Cause, SegmentId, SmsEvidence, SmsMessage, SmsOutcome},
};

/// How far a message of the batch has come.
#[derive(Default)]
struct Fate {
    n_parts: usize,
    n_sent: usize,
    taken: Vec<Option<SegmentId>>,
    n_taken: usize,
    refused: Option<(Cause, Answer)>,
    lost: Option<Trouble>,
}

struct Window<'a> {
    link: &'a mut Link,
    settings: &'a SmppSettings,
    batch: &'a [SmsMessage],
    fates: Vec<Fate>,
    waiting: VecDeque<(usize, usize, Vec<u8>)>,
    /// Message and part by the number of the packet.
    under_way: HashMap<u32, (usize, usize)>,
    broken: Option<Trouble>,
    /// The centre wants no more now.
    halted: bool,
}

/// Sends a batch; one outcome for each message, and whether the connection may be used again.
pub(super) async fn run(link: &mut Link, settings: &SmppSettings, batch: &[SmsMessage]) -> (Vec<SmsOutcome>, bool) {
    let mut waiting = VecDeque::new();
    let mut fates = Vec::new();
    for (at, message) in batch.iter().enumerate() {
        let bodies = submission::bodies(settings, message);
        fates.push(Fate { n_parts: bodies.len(), taken: vec![None; bodies.len()], ..Fate::default() });
        waiting.extend(bodies.into_iter().enumerate().map(|(part, body)| (at, part, body)));
    }
    let under_way = HashMap::new();
    let mut window = Window { link, settings, batch, fates, waiting, under_way, broken: None, halted: false };
    while window.fill().await {
        window.hear().await;
    }
    let usable = window.broken.is_none();
    (window.outcomes(), usable)
}

impl Window<'_> {
    /// Lets parts leave until the window is full; says whether an answer is waited for.
    async fn fill(&mut self) -> bool {
        while self.broken.is_none() && self.under_way.len() < self.settings.window.max(1) {
            let Some((at, part, body)) = self.waiting.pop_front() else { break };
            let begun = 0 < self.fates[at].n_sent;
            if self.fates[at].refused.is_some() || (self.halted && !begun) {
                continue;
            }
            self.fates[at].n_sent += 1;
            match self.link.say(command::SUBMIT_SM, body).await {
                Ok(sequence) => {
                    self.under_way.insert(sequence, (at, part));
                }
                Err(trouble) => {
                    self.fates[at].lost = Some(trouble.clone());
                    self.give_up(trouble);
                }
            }
        }
        self.broken.is_none() && !self.under_way.is_empty()
    }

    /// Puts the next answer to its message.
    async fn hear(&mut self) {
        let answer = match self.link.answer().await {
            Ok(answer) => answer,
            Err(trouble) => return self.give_up(trouble),
        };
        let Some((at, part)) = self.under_way.remove(&answer.sequence) else {
            // An answer to nothing: whatever follows cannot be put to anything either.
            return self.give_up(Trouble::new(Phase::Request, TroubleKind::Desync, "an answer to nothing that was said"));
        };
        self.settle(at, part, &answer);
    }

    fn settle(&mut self, at: usize, part: usize, answer: &Pdu) {
        let fate = &mut self.fates[at];
        if answer.status == 0 && answer.command == command::SUBMIT_SM_RESP {
            fate.n_taken += 1;
            fate.taken[part] = SegmentId::new(&id_of(answer, self.settings.receipt_ids));
            return;
        }
        let cause = status::of_submission(answer.status, self.batch[at].sender.is_some());
        self.halted |= cause.verdict().is_about_account();
        fate.refused = Some((cause, status::answer(answer.status)));
    }

    /// The connection is of no use any more: what was on its way may have arrived or not.
    fn give_up(&mut self, trouble: Trouble) {
        for (at, _) in std::mem::take(&mut self.under_way).into_values() {
            self.fates[at].lost = Some(trouble.clone());
        }
        self.broken = Some(trouble);
    }

    fn outcomes(self) -> Vec<SmsOutcome> {
        let gateway = format!("{}:{}", self.settings.host, self.settings.port);
        let idle = || Trouble::new(Phase::Request, TroubleKind::Stale, "nothing of it had left");
        let (broken, batch) = (self.broken, self.batch);
        let outcome = |(fate, message): (Fate, &SmsMessage)| {
            let unknown = |trouble, answer| SmsOutcome::Unknown {
                evidence: SmsEvidence { trouble, answer, gateway: gateway.clone(), reference: message.reference.clone() },
            };
            if fate.n_sent == 0 {
                return SmsOutcome::NotSent { trouble: idle() };
            }
            let partly = format!("{} of {} parts were taken", fate.n_taken, fate.n_parts);
            match (fate.lost, fate.refused) {
                (None, None) if fate.n_taken == fate.n_parts => SmsOutcome::Accepted {
                    answer: Answer { words: partly, ..status::answer(0) },
                    segments: fate.taken.into_iter().flatten().collect(),
                    group: None,
                },
                (None, Some((cause, answer))) if fate.n_taken == 0 => SmsOutcome::refused(cause, answer),
                (None, Some((_, answer))) => unknown(None, Some(Answer { words: partly, ..answer })),
                (Some(trouble), _) => unknown(Some(trouble), None),
                (None, None) => unknown(broken.clone(), None),
            }
        };
        self.fates.into_iter().zip(batch).map(outcome).collect()
    }
}
