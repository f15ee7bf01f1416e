-- What a class really cost its provider, as the provider says at its end; totals of the class in fen. Told by choice.
CREATE TABLE class_cost (
    class_id    $INT PRIMARY KEY REFERENCES class (id),
    teachers    $INT NOT NULL CHECK (teachers >= 0),
    consumables $INT NOT NULL CHECK (consumables >= 0),
    materials   $INT NOT NULL CHECK (materials >= 0),
    other       $INT NOT NULL CHECK (other >= 0),
    note        $TEXT NOT NULL DEFAULT '',
    at          $INT NOT NULL,
    account_id  $INT NOT NULL
) $STRICT;
