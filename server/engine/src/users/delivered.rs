//! What every installation begins with: the system user and four roles.

use model::{DeliveredRole, Permission, PermissionSet};

use crate::{Engine, Error};

/// Makes sure that the system user and the delivered roles exist. The administrator's role gets each right there is, also those
/// that a newer version brought; the others stay as people changed them.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn deliver_roles(engine: &Engine) -> Result<(), Error> {
    let mut tx = engine.store.write().await?;
    store::users::insert_system(&mut tx, engine.clock().now()).await?;
    for role in [DeliveredRole::Administrator, DeliveredRole::Manager, DeliveredRole::Writer, DeliveredRole::Reader] {
        match store::roles::delivered(&mut tx, role).await? {
            None => {
                store::roles::insert(&mut tx, "", &rights(role), Some(role)).await?;
            }
            Some(id) if role == DeliveredRole::Administrator => {
                store::roles::update(&mut tx, id, "", &rights(role)).await?;
            }
            Some(_) => {}
        }
    }
    Ok(tx.commit().await?)
}

/// The rights with which a role is delivered.
fn rights(role: DeliveredRole) -> PermissionSet {
    use Permission::*;
    let list: &[Permission] = match role {
        DeliveredRole::Administrator => Permission::ALL,
        DeliveredRole::Manager => &[
            MessagesViewAll,
            MessageWrite,
            MessageEditPrepared,
            MessageSend,
            MessageResend,
            MessageCancel,
            MessageDelete,
            CampaignWrite,
            CampaignRelease,
            CampaignApprove,
            ContactsView,
            ContactsEdit,
            ContactsDelete,
            ContactsImport,
            ListsManage,
            SuppressionsManage,
            SuppressionsLift,
            TemplatesManage,
            RecordsView,
            RecordsEdit,
            NotificationsManage,
            OutboxManage,
            Export,
        ],
        DeliveredRole::Writer => &[
            MessagesViewOwn,
            MessageWrite,
            MessageSend,
            MessageResend,
            MessageCancel,
            ContactsView,
            ContactsEdit,
            SuppressionsManage,
            RecordsView,
            RecordsEdit,
        ],
        DeliveredRole::Reader => &[MessagesViewAll, ContactsView, RecordsView],
    };
    list.iter().copied().collect()
}
