//! Asking a described gateway, and being called by it.

use serde_json::{Map, Value};

use super::{
    HttpGateway,
    pick::Subject,
    template::{Template, Values},
    unwritable,
};
use crate::{
    http::{HttpAnswer, Request},
    sms::{
        Acknowledgement, Amount, AskFailure, Callback, CallbackContent, CallbackFault, CallbackRequest, Polled, Question,
        Reference, SegmentId, carry,
    },
};

impl HttpGateway {
    /// See [`SmsGateway::poll`](crate::sms::SmsGateway::poll).
    ///
    /// # Errors
    /// The description has no such question, no answer came or it cannot be read.
    pub async fn poll(&self, question: Question<'_>) -> Result<Polled, AskFailure> {
        let status = self.status.as_ref().ok_or(AskFailure::NotSupported)?;
        let (name, asked): (_, Vec<&str>) = match question {
            Question::Segments(ids) => ("id", ids.iter().map(SegmentId::as_str).collect()),
            Question::References(references) => ("reference", references.iter().map(|it| it.as_str()).collect()),
            Question::Group(_) | Question::Changes(_) => return Err(AskFailure::NotSupported),
        };
        if !status.request.uses(name) {
            return Err(AskFailure::NotSupported);
        }
        let mut polled = Polled::default();
        for value in asked {
            let heard = self.ask(&status.request, vec![(name, value.to_owned())]).await?;
            let subject = Subject::new(heard.status, &heard.body);
            if status.stranger.as_ref().is_some_and(|it| it.holds(&subject)) {
                polled.strangers.push(value.to_owned());
                continue;
            }
            let mut receipts = status.receipts.receipts(&subject);
            if receipts.is_empty() || 400 <= heard.status {
                return Err(self.no(&heard));
            }
            for it in &mut receipts {
                match name {
                    "id" if it.segment.is_none() => it.segment = SegmentId::new(value),
                    "reference" if it.reference.is_none() => it.reference = Reference::parse(value).ok(),
                    _ => {}
                }
            }
            polled.receipts.extend(receipts);
        }
        Ok(polled)
    }

    /// See [`SmsGateway::parse_callback`](crate::sms::SmsGateway::parse_callback).
    ///
    /// # Errors
    /// The secret is wrong, no call is described or this one says nothing of what was described.
    pub fn parse_callback(&self, request: &CallbackRequest<'_>) -> Result<Callback, CallbackFault> {
        let reading = self.callback.as_ref().ok_or(CallbackFault::NotExpected)?;
        request.admit(self.callback_secret.as_ref())?;
        let mut subject = Subject::new(200, request.body);
        if !subject.json.is_object() && !subject.json.is_array() {
            let parameters = request.parameters().into_iter().map(|(name, value)| (name, Value::String(value)));
            subject.json = Value::Object(Map::from_iter(parameters));
        }
        if request.body.is_empty() {
            subject.text = request.query.to_owned();
        }
        let receipts = reading.receipts(&subject);
        if receipts.is_empty() || receipts.iter().any(|it| it.segment.is_none() && it.reference.is_none()) {
            return Err(CallbackFault::Incomplete);
        }
        let words = self.settings.callback.as_ref().map(|it| it.acknowledgement.clone()).unwrap_or_default();
        Ok(Callback { content: CallbackContent::Receipts(receipts), acknowledgement: Acknowledgement::text(words) })
    }

    /// Asks for the credit.
    ///
    /// # Errors
    /// The description has no such question, no answer came or it has no number.
    pub async fn credit(&self) -> Result<Amount, AskFailure> {
        let (request, amount) = self.credit.as_ref().ok_or(AskFailure::NotSupported)?;
        let heard = self.ask(request, Vec::new()).await?;
        let found = amount.of(&Subject::new(heard.status, &heard.body)).filter(|_| heard.status < 400);
        found.and_then(|it| Amount::parse(&it)).ok_or_else(|| self.no(&heard))
    }

    async fn ask(&self, template: &Template, plain: Vec<(&'static str, String)>) -> Result<HttpAnswer, AskFailure> {
        let request: Option<Request> = template.request(&Values { secrets: &self.secrets, plain });
        carry::ask(&self.way, request.ok_or_else(|| AskFailure::Trouble(unwritable()))?).await
    }

    fn no(&self, heard: &HttpAnswer) -> AskFailure {
        carry::no(heard.status, self.answer(heard))
    }
}
