//! The company's data.

use model::settings::SearchProgress;
use model::{Change, Company, Deed, EmailAddress, Noun, Permission, Refusal};

use crate::{Ctx, Error};

/// Opens the company's data.
///
/// # Errors
/// Refuses before the first run; fails when the database fails.
pub async fn company(ctx: &Ctx) -> Result<Company, Error> {
    ctx.require(Permission::SettingsManage)?;
    let company = store::company::get(&mut *ctx.engine.store.read().await?).await?;
    Ok(company.ok_or(Refusal::NotFound(Noun::Company))?)
}

/// Changes the company's data.
///
/// # Errors
/// Refuses wrong fields; fails when the database fails.
pub async fn save_company(ctx: &Ctx, company: Company) -> Result<(), Error> {
    ctx.require(Permission::SettingsManage)?;
    let company = checked(company)?;
    let mut tx = ctx.engine.store.write().await?;
    let before = store::company::get(&mut tx).await?;
    store::company::save(&mut tx, &company.data).await?;
    if before.as_ref().is_some_and(|it| it.attachment_contents != company.data.attachment_contents) {
        store::search_jobs::add_with_files(&mut tx).await?;
        ctx.engine.index_bell.notify_one();
    }
    let after = store::company::get(&mut tx).await?;
    ctx.log_changed(&mut tx, Deed::CompanyChanged, (&before, &after)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// How far the full text is behind the messages and everything else that it finds.
///
/// # Errors
/// Fails when the database fails.
pub async fn search_progress(ctx: &Ctx) -> Result<SearchProgress, Error> {
    ctx.require(Permission::SettingsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let things = crate::things::waiting(&ctx.engine, &mut reader).await?;
    let log = crate::audit::waiting(&ctx.engine, &mut reader).await?;
    Ok(SearchProgress { waiting: store::search_jobs::waiting(&mut reader).await?, things, log })
}

/// A company's data without faults and without white space around the values.
pub(crate) struct Checked {
    /// The data.
    pub data: Company,
    /// The address among them.
    pub email: EmailAddress,
}

/// Checks and tidies the data.
pub(crate) fn checked(mut data: Company) -> Result<Checked, Refusal> {
    let email = data.check()?;
    for field in [
        &mut data.name,
        &mut data.registration_number,
        &mut data.tax_number,
        &mut data.street,
        &mut data.city,
        &mut data.postcode,
        &mut data.phone,
        &mut data.web,
    ] {
        *field = field.trim().to_owned();
    }
    email.as_str().clone_into(&mut data.email);
    Ok(Checked { data, email })
}
