//! What the company keeps about those it knows: own fields, tags, who looks after them, how they came, and what they agreed to.

use engine::{Ctx, Error, consents, contacts, fields};
use model::{
    Channel, ConsentDraft, ConsentState, ConsentWay, ContactDraft, ContactId, ContactKind, Day, Decimal, FieldDefinition,
    FieldDraft, FieldId, FieldKind, FieldValue, Nature, Obtained, ObtainedWay, OwnValue, time,
};

use super::chance::Chance;
use super::staff::Staff;

/// The own fields of the company.
pub struct Habits {
    prices: FieldDefinition,
    number: FieldId,
    turnover: FieldId,
    visit: FieldId,
}

impl Habits {
    /// Sets the own fields up.
    ///
    /// # Errors
    /// Fails when a use case does.
    pub async fn begin(staff: &Staff) -> Result<Self, Error> {
        let make = async |name: &str, kind, choices: &[&str]| {
            let choices = choices.iter().map(|it| (None, (*it).to_owned())).collect();
            fields::save(&staff.administrator, None, FieldDraft { name: name.to_owned(), kind, choices, ..FieldDraft::default() })
                .await
        };
        let prices = make("Cenník", FieldKind::Choice, &["Základný", "Veľkoobchod", "Zmluvný"]).await?;
        let number = make("Číslo zákazníka", FieldKind::Text, &[]).await?;
        let turnover = make("Ročný obrat (€)", FieldKind::Number, &[]).await?;
        let visit = make("Posledná návšteva", FieldKind::Date, &[]).await?;
        let prices = fields::list(&staff.administrator).await?.into_iter().find(|it| it.id == prices);
        let prices = prices.ok_or(Error::Refused(model::Refusal::NotFound(model::Noun::Field)))?;
        Ok(Self { prices, number, turnover, visit })
    }

    /// Adds what a colleague would have written down.
    pub fn describe(&self, draft: &mut ContactDraft, by: &Ctx, chance: &mut Chance) {
        let today = Day::of(by.now()).0;
        if draft.nature == Nature::Company {
            let choice = &self.prices.choices[chance.below(self.prices.choices.len() as u64) as usize];
            self.set(draft, self.prices.id, FieldValue::Choice(choice.id));
            self.set(draft, self.number, FieldValue::Text(format!("Z-{:05}", chance.below(100_000))));
            if chance.once_in(2) {
                self.set(draft, self.turnover, FieldValue::Number(Decimal(chance.between(800, 90_000) * 10_000)));
                self.set(draft, self.visit, FieldValue::Date(Day(today - chance.between(5, 400))));
            }
            draft.tax_number = format!("20{:08}", chance.below(100_000_000));
        }
        let words: &[&str] = match (draft.nature, draft.kind) {
            (_, ContactKind::Partner) => &["dodávateľ", "veľtrh 2026"],
            (Nature::Company, _) => &["interiéry", "VIP", "veľtrh 2026", "na splátky"],
            (Nature::Person, _) => &["kuchyne", "newsletter", "veľtrh 2026"],
        };
        if chance.once_in(2) {
            draft.tags = vec![chance.pick(words).to_owned()];
        }
        if chance.once_in(3) {
            draft.owner = Some(by.actor.id);
        }
        draft.no_bulk = chance.once_in(18);
        let way = chance.pick(&[ObtainedWay::Purchase, ObtainedWay::Inquiry, ObtainedWay::Event, ObtainedWay::Referral]);
        draft.obtained = Obtained { way: Some(way), on: Some(Day(today - chance.between(0, 900))), note: String::new() };
    }

    /// Notes what customers agreed to, and keeps passwords for the attachments of some companies.
    ///
    /// # Errors
    /// Fails when a use case does.
    pub async fn agree(&self, by: &Ctx, id: ContactId, draft: &ContactDraft, chance: &mut Chance) -> Result<(), Error> {
        if draft.nature == Nature::Company {
            if chance.once_in(9) {
                contacts::set_password(by, id, Some(format!("{}-{:04}", "jasen", chance.below(10_000)))).await?;
            }
            return Ok(());
        }
        if !chance.once_in(3) {
            return Ok(());
        }
        let on = Day::of(by.now().plus(-time::days(chance.between(1, 300))));
        let given = ConsentDraft {
            channel: Channel::Email,
            state: ConsentState::Given,
            on,
            way: chance.pick(&[ConsentWay::Web, ConsentWay::Paper, ConsentWay::Contract]),
            proof: format!("Súhlas s novinkami, formulár {}/2025", chance.between(100, 999)),
        };
        consents::note(by, id, given.clone()).await?;
        if chance.once_in(6) {
            let withdrawn = ConsentDraft {
                state: ConsentState::Withdrawn,
                on: Day::of(by.now()),
                way: ConsentWay::Email,
                proof: "Odhlásenie e-mailom".to_owned(),
                ..given
            };
            consents::note(by, id, withdrawn).await?;
        }
        Ok(())
    }

    fn set(&self, draft: &mut ContactDraft, field: FieldId, value: FieldValue) {
        draft.values.push(OwnValue { field, value });
    }
}
