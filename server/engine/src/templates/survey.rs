//! How long a text message is for many people at once.

use std::collections::HashMap;

use content::letter::{self, Letter};
use content::sms::count_as;
use model::{
    Channel, Chosen, Contact, Language, LongestText, MergeValue, MergeValues, Noun, Permission, Purpose, Refusal, SurveyOrder,
    TextSurvey, Transport,
};

use super::merging::{Office, all_fields};
use crate::{Ctx, Error};

/// How many contacts are looked at in one go.
const BATCH: usize = 500;

/// A text in one language, with what stands in its fields whoever it goes to.
struct Spoken {
    letter: Letter,
    values: MergeValues,
}

/// Measures a text message for the next of some contacts, as it would leave to each of them; what is about a record is filled with
/// samples. Sends nothing.
///
/// # Errors
/// Refuses who may not see contacts, an e-mail, and wrong merge code by its place.
pub async fn survey(ctx: &Ctx, order: SurveyOrder) -> Result<TextSurvey, Error> {
    super::merging::require_use(ctx)?;
    ctx.require(Permission::ContactsView)?;
    if order.draft.channel != Channel::Sms {
        return Err(Refusal::IllegalStep(Noun::Template).into());
    }
    let mut reader = ctx.engine.store.read().await?;
    let office = Office::of(ctx, &mut reader).await?;
    let mut texts: HashMap<Language, Spoken> = HashMap::new();
    for text in &order.draft.texts {
        let fields = all_fields(&mut reader, order.draft.record.as_ref(), text.language).await?;
        let letter = Letter::compile(text, &letter::catalogue(&fields)).map_err(super::refused)?;
        let mut values = MergeValues::samples(&fields);
        let known = office.values(&mut reader, None, text.language).await?;
        values.0.extend(known.0.into_iter().filter(|it| it.1 != MergeValue::Missing));
        texts.insert(text.language, Spoken { letter, values });
    }
    let mut chosen = order.chosen;
    if let Chosen::Matching { filter, .. } = &mut chosen {
        store::segments::filter(&mut reader, filter, ctx.now()).await?;
    }
    let step = store::chosen::some(&mut reader, &chosen, order.after, BATCH).await?;
    let contacts = store::contacts::for_merging(&mut reader, &step.ids).await?;
    let own = store::fields::all(&mut reader).await?;
    let in_latin1 = writes_latin1(&mut reader).await?;
    drop(reader);
    let diacritics = letter::diacritics(&order.draft);
    let mut survey = TextSurvey { next: step.next, ..TextSurvey::default() };
    for contact in &contacts {
        let spoken = order.draft.text_for(office.language_of(contact), office.company.language);
        let Some(text) = spoken.and_then(|it| texts.get(&it.language)) else { continue };
        if contact.fields.phone_for(Purpose::General).is_none() {
            survey.without += 1;
            continue;
        }
        let mut values = text.values.clone();
        letter::put_contact(&mut values, contact, &own, text.letter.language());
        match text.letter.fill(&letter::values(&values), diacritics) {
            Ok(filled) if filled.unresolved.is_empty() => survey.take(measured(contact, &filled.text, in_latin1)),
            _ => survey.missing += 1,
        }
    }
    Ok(survey)
}

/// Whether the account that texts leave by when nobody chose another writes plain ones in Latin 1.
async fn writes_latin1(connection: &mut store::Connection) -> Result<bool, Error> {
    let id = match store::accounts::default_id(connection, Channel::Sms).await {
        Ok(id) => id,
        Err(store::Error::Refused(Refusal::NotFound(_))) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let account = store::accounts::for_sending(connection, id).await?;
    Ok(matches!(&account.transport, Transport::Sms(it) if it.writes_latin1()))
}

fn measured(contact: &Contact, text: &str, in_latin1: bool) -> LongestText {
    let count = count_as(text, in_latin1);
    LongestText { name: contact.fields.display_name(), parts: count.n_segments as u32, units: count.n_units as u32 }
}
