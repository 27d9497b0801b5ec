"""Merging two names, as a person does it. How the API shows the name that is gone is a setting.

Intuit: Merge duplicate customers. Neither of them may have sub-customers.
"""

from quickbooks_sandbox.entities import entity_named
from quickbooks_sandbox.entities.names import children
from quickbooks_sandbox.entities.references import with_reference
from quickbooks_sandbox.faults import business, fault, not_modelled
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


def merge_names(work: Work, entity: str, loser_id: str, winner_id: str) -> Object:
    rules = entity_named(entity)
    if rules is None or rules.name not in ("Customer", "Vendor"):
        raise not_modelled(f"merge of {entity}")
    loser, winner = work.get(rules.name, loser_id), work.get(rules.name, winner_id)
    if loser is None or winner is None or loser_id == winner_id:
        raise fault("610")
    if loser["CurrencyRef"]["value"] != winner["CurrencyRef"]["value"]:
        raise business("Names with different currencies cannot be merged.")
    if any(True for id in (loser_id, winner_id) for _ in children(work, rules.name, id)):
        raise business("Customers that have sub-customers cannot be merged. Make them regular customers first.")
    _move_documents(work, rules.name, loser_id, winner)
    _retire(work, rules.name, loser)
    work.call(rules.name, winner_id, "Merge", loser_id)
    return work.edit(rules.name, winner)


def _move_documents(work: Work, entity: str, loser_id: str, winner: Object) -> None:
    """Whatever names the loser, at its head or on its lines, names the winner from now on."""
    shown = {"value": winner["Id"], "name": work.entity(entity).shown_name(winner)}
    change = work.edit if work.settings.merge_touches_documents else work.rename
    for rules in work.books.registry.values():
        if rules.id_sequence == "transactions":
            for document in list(work.all(rules.name)):
                moved = with_reference(document, entity, loser_id, shown)
                if moved is not document:
                    change(rules.name, moved)


def _retire(work: Work, entity: str, loser: Object) -> None:
    if work.settings.merged_name == "deleted":
        work.remove(entity, loser["Id"])
        return
    gone = {**loser, "Active": False}
    work.entity(entity).complete(work, gone, loser)
    work.edit(entity, gone)
