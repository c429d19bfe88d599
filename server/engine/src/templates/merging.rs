//! What templates may name, and what stands there for one contact.

use content::letter::{self, Sender};
use model::record_type::merge_fields;
use model::{
    Company, Contact, ContactId, Day, Fault, Language, MergeCatalogue, MergeField, MergeValue, MergeValues, Permission,
    RecordKey, RecordType, Refusal,
};
use store::Connection;

use crate::{Ctx, Error};

/// The record types that templates may be about, named in the language of the screen.
///
/// # Errors
/// Refuses who neither manages templates nor writes messages.
pub async fn record_types(ctx: &Ctx, language: Language) -> Result<Vec<RecordType>, Error> {
    require_use(ctx)?;
    Ok(model::record_type::record_types(language))
}

/// Everything that a template about a record type may name, labelled in the language of the screen.
///
/// # Errors
/// Refuses a record type that there is not.
pub async fn fields(ctx: &Ctx, record: Option<RecordKey>, language: Language) -> Result<MergeCatalogue, Error> {
    require_use(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(MergeCatalogue { fields: all_fields(&mut reader, record.as_ref(), language).await? })
}

/// What stands in the fields for a contact when this person writes to them now; those without a value too. Without a language, in that in
/// which the contact is written to.
///
/// # Errors
/// Refuses who may not see contacts, and a contact that is not there.
pub async fn values(ctx: &Ctx, contact: ContactId, language: Option<Language>) -> Result<MergeValues, Error> {
    require_use(ctx)?;
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    let office = Office::of(ctx, &mut reader).await?;
    let contact = store::contacts::by_id(&mut reader, contact).await?;
    let language = language.unwrap_or_else(|| office.language_of(&contact));
    office.values(&mut reader, Some(&contact), language).await
}

/// Lets through who manages templates or writes messages.
pub(super) fn require_use(ctx: &Ctx) -> Result<(), Refusal> {
    if ctx.may(Permission::TemplatesManage) { Ok(()) } else { ctx.require(Permission::MessageWrite) }
}

/// Everything that a template about a record type may name.
pub(crate) async fn all_fields(
    connection: &mut Connection,
    record: Option<&RecordKey>,
    language: Language,
) -> Result<Vec<MergeField>, Error> {
    let own = store::fields::all(connection).await?;
    merge_fields(record, &own, language).ok_or_else(|| Refusal::field("record", Fault::Gone).into())
}

/// Who writes, for which company and when: the same for all recipients.
pub(crate) struct Office {
    user: store::users::User,
    /// The company.
    pub company: Company,
    today: Day,
}

impl Office {
    /// The office of the person who asks.
    pub(crate) async fn of(ctx: &Ctx, connection: &mut Connection) -> Result<Self, Error> {
        let user = store::users::get(connection, ctx.actor.id).await?;
        let company = store::company::get(connection).await?.unwrap_or_default();
        Ok(Self { user, company, today: Day::of(ctx.now()) })
    }

    /// The language in which a contact is written to.
    pub(crate) fn language_of(&self, contact: &Contact) -> Language {
        contact.fields.language.unwrap_or(self.company.language)
    }

    /// What stands in the fields for a contact, or for nobody in particular.
    pub(crate) async fn values(
        &self,
        connection: &mut Connection,
        contact: Option<&Contact>,
        language: Language,
    ) -> Result<MergeValues, Error> {
        let mut values = MergeValues::default();
        let sender = Sender { name: &self.user.name, email: &self.user.email };
        letter::put_office(&mut values, sender, &self.company, self.today);
        // Whoever gets a single message unsubscribes by answering to the company.
        let unsubscribe = (!self.company.email.is_empty()).then(|| format!("mailto:{}", self.company.email));
        values.text("links.unsubscribe", unsubscribe.unwrap_or_default());
        values.set("links.view", MergeValue::Missing);
        values.set("campaign.name", MergeValue::Missing);
        if let Some(contact) = contact {
            let own = store::fields::all(connection).await?;
            letter::put_contact(&mut values, contact, &own, language);
        }
        Ok(values)
    }
}
