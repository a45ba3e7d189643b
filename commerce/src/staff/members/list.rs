//! Who works here, page by page.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{StaffMemberId, StaffRoleId},
    staff_member::{self, Column},
};

use super::{Member, with_roles};
use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::{
        permission::{self, Permission},
        roles,
    },
    text,
};

/// Which members. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFilter {
    pub active: Option<bool>,
    pub role: Option<StaffRoleId>,
    /// A part of the name or the mail address.
    pub query: Option<String>,
}

/// Members of staff, in the order in which they came.
///
/// # Errors
/// Refuses whoever may not see who works here.
pub async fn list(shop: &Shop, context: &Context, filter: &MemberFilter, page: &PageRequest) -> Result<Page<Member>> {
    permission::require_or_system(context, Permission::Staff)?;
    let window: Window<StaffMemberId> = page.window()?;
    let beyond = window.cursor.map(|last| match window.backward {
        false => Column::Id.gt(last),
        true => Column::Id.lt(last),
    });
    let query = staff_member::Entity::find().filter(condition(filter)?.add_option(beyond));
    let query = match window.backward {
        false => query.order_by_asc(Column::Id),
        true => query.order_by_desc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    let members = with_roles(&shop.db, rows).await?;
    Ok(window.page(members, |member| write_cursor(&member.row.id)))
}

fn condition(filter: &MemberFilter) -> Result<Condition> {
    let of_role = |role| match role {
        roles::ADMINISTRATOR | roles::FULFILMENT => {
            let built_in = match role == roles::ADMINISTRATOR {
                true => staff_member::StaffRole::Administrator,
                false => staff_member::StaffRole::Fulfilment,
            };
            Condition::all()
                .add(Column::RoleId.is_null())
                .add(Column::Role.eq(built_in))
        }
        own => Condition::all().add(Column::RoleId.eq(own)),
    };
    let query = text::optional_line(&["where", "query"], filter.query.as_deref(), 100)?;
    Ok(Condition::all()
        .add_option(filter.active.map(|active| Column::Active.eq(active)))
        .add_option(filter.role.map(of_role))
        .add_option(query.map(|query| {
            Condition::any()
                .add(sql::contains(Column::Name, &query))
                .add(sql::contains(Column::Email, &query))
        })))
}
