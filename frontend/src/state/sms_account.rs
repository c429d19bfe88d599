//! The form of an account for text messages: what is typed and what the call gets.

use model::sms::{EUROSMS, GOSMS};
use model::{
    Account, Decimal, Fault, Faults, HomeCountry, NoticeTo, Refusal, SmppCentre, SmsAccountDraft, SmsGateway, SmsGatewayKind,
    SmsSettings, Transport,
};

use super::account_pace::{PaceForm, field_of};
use super::accounts::{limit_of, read_limit};
use super::smpp_form::SmppForm;

/// The form as it is typed. Fields of the kinds that are not chosen keep what was typed into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsAccountForm {
    /// Name among colleagues.
    pub name: String,
    /// The kind of the gateway.
    pub kind: SmsGatewayKind,
    /// Its address; empty for the usual one.
    pub base: String,
    /// Integration id or client id.
    pub id: String,
    /// The number of the channel at GoSMS.
    pub channel: String,
    /// Whether the gateway only answers.
    pub is_test: bool,
    /// The description of a gateway over HTTP.
    pub description: String,
    /// The message centre that speaks SMPP.
    pub smpp: SmppForm,
    /// Typed secrets, name and value; empty ones keep what is stored.
    pub secrets: Vec<(String, String)>,
    /// Who texts come from.
    pub sender: String,
    /// Whose numbers may be typed without a country code.
    pub home: HomeCountry,
    /// How many parts a text may have.
    pub parts_max: String,
    /// What a part costs.
    pub price: String,
    /// Below this credit there is a warning.
    pub warn_below: String,
    /// At this credit nothing leaves.
    pub stop_below: String,
    /// Who gets a mail about the credit.
    pub notify: NoticeTo,
    /// The chosen limit and the one typed by hand.
    pub limit: (String, String),
    /// Days, hours and the rest of the pace.
    pub pace: PaceForm,
}

impl SmsAccountForm {
    /// The form of a new account.
    pub fn new() -> Self {
        let gateway = SmsGateway::EuroSms { base: String::new(), id: String::new(), is_test: false };
        Self::of_draft(&SmsAccountDraft::new(gateway))
    }

    /// The form of a stored account; nothing for one of another kind.
    pub fn of(account: &Account) -> Option<Self> {
        let Transport::Sms(settings) = &account.transport else { return None };
        Some(Self::of_draft(&SmsAccountDraft {
            name: account.name.clone(),
            settings: settings.clone(),
            secrets: Vec::new(),
            hourly_limit: account.hourly_limit,
            pace: account.pace.clone(),
        }))
    }

    fn of_draft(draft: &SmsAccountDraft) -> Self {
        let settings = &draft.settings;
        let (mut base, mut id, mut channel, mut test, mut description) = Default::default();
        let mut smpp = SmppForm::of(&SmppCentre::default());
        match &settings.gateway {
            SmsGateway::Capture => {}
            SmsGateway::EuroSms { base: at, id: own, is_test } => (base, id, test) = (at.clone(), own.clone(), *is_test),
            SmsGateway::GoSms { base: at, client_id, channel: number, is_test } => {
                (base, id, channel, test) = (at.clone(), client_id.clone(), number.to_string(), *is_test);
            }
            SmsGateway::Http { description: it } => description = it.clone(),
            SmsGateway::Smpp(centre) => smpp = SmppForm::of(centre),
        }
        let decimal = |it: Option<Decimal>| it.map(|it| it.to_string()).unwrap_or_default();
        let usual = usual_base(settings.gateway.kind());
        Self {
            name: draft.name.clone(),
            kind: settings.gateway.kind(),
            base: if base == usual { String::new() } else { base },
            id,
            channel,
            is_test: test,
            description,
            smpp,
            secrets: Vec::new(),
            sender: settings.sender.clone(),
            home: settings.home,
            parts_max: settings.parts_max.to_string(),
            price: decimal(settings.price),
            warn_below: decimal(settings.warn_below),
            stop_below: decimal(settings.stop_below),
            notify: settings.notify.clone(),
            limit: limit_of(draft.hourly_limit),
            pace: PaceForm::of(&draft.pace),
        }
    }

    /// The gateway that is described so far.
    pub fn gateway(&self) -> SmsGateway {
        let base = match self.base.trim() {
            "" => usual_base(self.kind).to_owned(),
            base => base.trim_end_matches('/').to_owned(),
        };
        let id = self.id.trim().to_owned();
        match self.kind {
            SmsGatewayKind::Capture => SmsGateway::Capture,
            SmsGatewayKind::EuroSms => SmsGateway::EuroSms { base, id, is_test: self.is_test },
            SmsGatewayKind::GoSms => {
                let channel = self.channel.trim().parse().unwrap_or_default();
                SmsGateway::GoSms { base, client_id: id, channel, is_test: self.is_test }
            }
            SmsGatewayKind::Http => SmsGateway::Http { description: self.description.clone() },
            SmsGatewayKind::Smpp => SmsGateway::Smpp(Box::new(self.smpp.centre())),
        }
    }

    /// What the call gets.
    ///
    /// # Errors
    /// Names each wrong field, all at once.
    pub fn draft(&self) -> Result<SmsAccountDraft, Refusal> {
        let mut typed = Faults::default();
        let mut decimal = |name: &str, text: &str| match text.trim() {
            "" => None,
            text => Decimal::parse(text).map_err(|_| typed.add(name, Fault::NoNumber)).ok(),
        };
        let (price, warn_below) = (decimal("price", &self.price), decimal("warn_below", &self.warn_below));
        let stop_below = decimal("stop_below", &self.stop_below);
        let limit = read_limit(&self.limit.0, &self.limit.1);
        if limit.is_none() {
            typed.add("hourly_limit", Fault::OutOfRange { min: 1, max: 1_000_000 });
        }
        let gateway = self.gateway();
        let wanted = gateway.secrets();
        let secrets = self.secrets.iter().filter(|it| !it.1.is_empty() && wanted.contains(&it.0)).cloned().collect();
        let settings = SmsSettings {
            gateway,
            sender: self.sender.trim().to_owned(),
            home: self.home,
            parts_max: self.parts_max.trim().parse().unwrap_or(0),
            price,
            warn_below,
            stop_below,
            notify: self.notify.clone(),
        };
        let pace = self.pace.pace(&mut typed);
        let draft = SmsAccountDraft { name: self.name.trim().to_owned(), settings, secrets, hourly_limit: limit.flatten(), pace };
        let mut faults = Faults::default();
        if let Err(Refusal::Invalid(found)) = draft.check() {
            found.into_iter().for_each(|it| faults.add(field_of(it.field), it.fault));
        }
        typed.list().iter().for_each(|it| faults.add(it.field.clone(), it.fault.clone()));
        faults.finish()?;
        Ok(draft)
    }
}

impl Default for SmsAccountForm {
    fn default() -> Self {
        Self::new()
    }
}

/// Where a gateway usually is.
pub fn usual_base(kind: SmsGatewayKind) -> &'static str {
    match kind {
        SmsGatewayKind::EuroSms => EUROSMS,
        SmsGatewayKind::GoSms => GOSMS,
        SmsGatewayKind::Http | SmsGatewayKind::Smpp | SmsGatewayKind::Capture => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> SmsAccountForm {
        SmsAccountForm {
            name: "SMS".into(),
            id: " 1-ABCDEF ".into(),
            sender: "Posel".into(),
            secrets: vec![("key".into(), "tajný".into()), ("client_secret".into(), "x".into())],
            ..SmsAccountForm::new()
        }
    }

    #[test]
    fn an_empty_address_means_the_usual_one_and_only_wanted_secrets_are_sent() {
        let draft = filled().draft().unwrap();
        let gateway = SmsGateway::EuroSms { base: EUROSMS.into(), id: "1-ABCDEF".into(), is_test: false };
        assert_eq!((draft.settings.gateway, draft.secrets), (gateway, vec![("key".to_owned(), "tajný".to_owned())]));
    }

    #[test]
    fn what_is_stored_comes_back_as_it_was_typed() {
        let form = SmsAccountForm { price: "0.045".into(), warn_below: "10".into(), secrets: Vec::new(), ..filled() };
        let draft = form.draft().unwrap();
        assert_eq!(SmsAccountForm::of_draft(&draft).draft().unwrap(), draft);
        assert_eq!(SmsAccountForm::of_draft(&draft).base, "");
    }

    #[test]
    fn all_wrong_fields_are_named_at_once() {
        let form = SmsAccountForm { name: String::new(), sender: "Žltý".into(), price: "x".into(), ..filled() };
        let Err(Refusal::Invalid(faults)) = form.draft() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["name", "sender", "price"]);
    }
}
