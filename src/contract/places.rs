//! Every place that a Contract cites.
//!
//! Main entry: [`Contract::visit_places`]. The patterns name all fields, so that the compiler asks
//! where a new one was read.

use super::{
    Body, Claim, Combination, Contract, Dispute, Envelope, ErrorCode, Field, JobProtocol,
    Operation, Parameter, Permission, StateTable, Statement, StatusCode, VersionProtocol,
};
use crate::source::Provenance;

type Visit<'v> = &'v mut dyn FnMut(&mut Provenance);

impl Contract {
    /// Visits every place, each as often as it is cited.
    pub fn visit_places(&mut self, mut visit: impl FnMut(&mut Provenance)) {
        let visit: Visit<'_> = &mut visit;
        let Contract {
            edition: _,
            operations,
            statuses,
            error_codes,
            envelopes,
            jobs,
            versions,
            states,
            disputes,
            rulings,
        } = self;
        operations.iter_mut().for_each(|it| operation(it, visit));
        for StatusCode { code: _, at } in statuses {
            visit(at);
        }
        for ErrorCode {
            code: _,
            status: _,
            at,
        } in error_codes
        {
            visit(at);
        }
        for Envelope {
            code: _,
            message: _,
            at,
        } in envelopes
        {
            visit(at);
        }
        if let Some(JobProtocol { at, .. }) = jobs {
            visit(at);
        }
        if let Some(VersionProtocol { at, .. }) = versions {
            visit(at);
        }
        for StateTable {
            field: _,
            from: _,
            rows,
            at,
        } in states
        {
            visit(at);
            for Combination {
                of: _,
                gives: _,
                at,
            } in rows
            {
                visit(at);
            }
        }
        for Dispute {
            operation: _,
            field: _,
            fact: _,
            claims,
        } in disputes
        {
            self::claims(claims, visit);
        }
        // Where a ruling itself stands is no place of a document.
        for dispute in rulings.iter_mut().flat_map(|ruled| &mut ruled.settled) {
            claims(&mut dispute.claims, visit);
        }
    }
}

fn operation(operation: &mut Operation, visit: Visit<'_>) {
    let Operation {
        id: _,
        method: _,
        path: _,
        selector: _,
        parameters,
        request,
        response,
        success,
        statements,
        permissions,
        deprecated,
        at,
    } = operation;
    visit(at);
    for Parameter {
        place: _,
        field: it,
    } in parameters
    {
        field(it, visit);
    }
    for Body {
        fields,
        examples: _,
        at,
    } in request.iter_mut().chain(response)
    {
        visit(at);
        fields.iter_mut().for_each(|it| field(it, visit));
    }
    success.iter_mut().for_each(|(_, at)| visit(at));
    self::statements(statements, visit);
    for Permission {
        action: _,
        needs: _,
        at,
    } in permissions
    {
        visit(at);
    }
    deprecated.iter_mut().for_each(visit);
}

fn field(it: &mut Field, visit: Visit<'_>) {
    let Field {
        name: _,
        printed: _,
        kind: _,
        other_kinds,
        presence: _,
        evidence: _,
        nullable,
        statements,
        children,
        at,
    } = it;
    visit(at);
    claims(other_kinds, visit);
    nullable.iter_mut().for_each(&mut *visit);
    self::statements(statements, visit);
    children.iter_mut().for_each(|child| field(child, visit));
}

fn statements(statements: &mut [Statement], visit: Visit<'_>) {
    for Statement {
        constraint: _,
        at,
        rule: _,
    } in statements
    {
        visit(at);
    }
}

fn claims<T>(claims: &mut [Claim<T>], visit: Visit<'_>) {
    for Claim { claim: _, at } in claims {
        visit(at);
    }
}
