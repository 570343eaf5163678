// Package oc4ids speaks the Open Contracting for Infrastructure Data Standard,
// version 0.9.5: the form in which owners of public works publish what they
// build, from the first idea to the end of the asset.
//
// It does three things. Check tells whether a file follows the standard, with
// a JSON pointer and the name of the rule for every breach, and warns of what
// the schema allows but cannot be meant. Repairs reads what publishers really
// write (coordinates the wrong way round, dates without zone, statuses by other
// names, text in a broken encoding), mends what is certain, says what was, what
// it became and why, and names the rest as problems that it leaves alone. And a
// Country translates: Works makes works of a project, Publish a project of
// works, valid by schema and codelists and without loss: what our model has no
// place for stays beside it as it was written (docs/adr/0018).
//
// What the standard says stands in fields.txt and codes.txt in our own form.
package oc4ids
