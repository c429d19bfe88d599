//! Roles: named sets of rights.

mod delete;
mod form;
mod matrix;
mod table;

pub use delete::RoleDelete;
pub use form::RoleForm;
pub use matrix::RightMatrix;
pub use table::RoleTable;
