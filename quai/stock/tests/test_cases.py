"""What a warehouse manager expects of the ledger of copies, in her words."""

from __future__ import annotations

from tests.ledger_case import ledger_case


@ledger_case
def test_copies_go_from_printer_to_shop() -> None:
    """
    2026-03-02 receive 500 A supplier -> R-01
    2026-03-03 move     40 A R-01 -> A-01
    2026-03-04 reserve  12 A for 101
    expect R-01 460, A-01 40, A free 488, A promised 12, 101 promised 12
    2026-03-05 take     12 A from A-01 for 101
    expect A-01 28, QUAI 12, A free 488, A promised 0, 101 promised 0
    2026-03-05 ship     12 A QUAI -> customer
    expect R-01 460, A-01 28, QUAI 0, customer 12
    """


@ledger_case
def test_a_promise_does_not_block_replenishment() -> None:
    """
    2026-03-02 receive  10 A supplier -> R-01
    2026-03-03 reserve  10 A for 101
    2026-03-04 move     10 A R-01 -> A-01
    expect A free 0, A promised 10
    2026-03-05 take     10 A from A-01 for 101
    expect QUAI 10, A free 0
    """


@ledger_case
def test_nothing_is_promised_twice() -> None:
    """
    2026-03-02 receive  10 A supplier -> A-01
    2026-03-03 reserve   8 A for 101
    2026-03-03 reserve   5 A for 102
    2026-03-03 reserve   1 A for 103
    expect 101 promised 8, 102 promised 2, 103 promised 0, A free 0
    2026-03-04 release 101
    2026-03-04 reserve   1 A for 103
    expect 101 promised 0, 103 promised 1, A free 7
    """


@ledger_case
def test_copies_of_several_owners_serve_one_order() -> None:
    """
    2026-03-02 receive  3 A supplier -> A-01
    2026-03-02 receive  3 A:rival supplier -> A-02
    2026-03-03 reserve  5 A for 101
    expect 101 promised 5, A free 0, A:rival free 1
    """


@ledger_case
def test_what_is_not_on_the_shelf_cannot_leave_it() -> None:
    """
    2026-03-02 receive  3 A supplier -> A-01
    2026-03-03 move     4 A A-01 -> A-02 refused stock.not_there
    2026-03-03 move     1 A A-02 -> A-01 refused stock.not_there
    2026-03-03 move     1 B A-01 -> A-02 refused stock.not_there
    expect A-01 3, A-02 0
    """


@ledger_case
def test_promised_copies_cannot_be_pulped() -> None:
    """
    2026-03-02 receive  5 A supplier -> A-01
    2026-03-03 reserve  4 A for 101
    2026-03-04 ship     2 A A-01 -> pulp refused stock.promised
    2026-03-04 ship     1 A A-01 -> pulp
    expect A-01 4, pulp 1, A free 0
    """


@ledger_case
def test_a_short_pick_frees_the_rest_and_the_bin_is_due_for_a_count() -> None:
    """
    2026-03-02 receive  5 A supplier -> A-01
    2026-03-03 reserve  3 A for 101
    2026-03-03 reserve  2 A for 102
    2026-03-04 take     1 A from A-01 for 101
    expect A free 2, A promised 2
    2026-03-04 missing  2 A at A-01
    expect A-01 2, loss 2, QUAI 1, A free 0, 102 promised 2, due A-01
    2026-03-06 count    3 A at A-01
    expect A-01 3, found -1, A free 1
    """


@ledger_case
def test_no_more_is_written_off_than_the_ledger_has() -> None:
    """
    2026-03-02 receive  2 A supplier -> A-01
    2026-03-04 missing  5 A at A-01
    2026-03-04 missing  1 A at A-01
    2026-03-04 missing  1 B at A-02
    expect A-01 0, loss 2, due A-01, due A-02
    """


@ledger_case
def test_a_count_below_what_is_promised_takes_back_the_youngest_promises() -> None:
    """
    2026-03-02 receive 10 A supplier -> A-01
    2026-03-03 reserve  4 A for 101
    2026-03-03 reserve  3 A for 102
    2026-03-03 reserve  3 A for 103
    2026-03-04 count    5 A at A-01
    expect 101 promised 4, 102 promised 0, 103 promised 0, 102 taken back 3, 103 taken back 3
    expect A free 1, A-01 5, loss 5
    """


@ledger_case
def test_a_count_finds_a_title_nobody_knew_was_there() -> None:
    """
    2026-03-04 count    7 A at A-02
    2026-03-04 count    0 B at A-02
    expect A-02 7, found -7, A free 7
    """


@ledger_case
def test_copies_in_staging_are_not_for_sale() -> None:
    """
    2026-03-02 receive  5 A supplier -> A-01
    2026-03-03 reserve  5 A for 101
    2026-03-04 take     5 A from A-01 for 101
    2026-03-04 reserve  1 A for 102
    expect 102 promised 0
    2026-03-04 return   5 A QUAI -> A-01
    2026-03-04 reserve  1 A for 102
    expect 102 promised 1, A free 4
    """


@ledger_case
def test_more_than_promised_is_not_taken() -> None:
    """
    2026-03-02 receive  5 A supplier -> A-01
    2026-03-03 reserve  2 A for 101
    2026-03-04 take     3 A from A-01 for 101 refused stock.more_than_promised
    2026-03-04 take     1 A from A-02 for 101 refused stock.not_there
    expect 101 promised 2, A-01 5
    """
