"""python3 -m unittest discover evals/fresh"""
import unittest

import align
import compact
import measure


class Compact(unittest.TestCase):
    def check(self, line, expected):
        self.assertEqual(compact.event(line), {'status': 'happened', 'salience': 'main', **expected})

    def test_a_line_is_an_event(self):
        self.check('ASSAULT/COERCE raid | a=Chad :TCD MIL & men | f=killed >=3-5 three men of(men) by(the army) | x=background', {
            'type': 'ASSAULT', 'alt': ['COERCE'], 'trigger': 'raid', 'actors': [{'w': 'Chad', 'country': 'TCD', 'role': 'MIL'}, {'w': 'men'}],
            'figures': [{'what': 'killed', 'cmp': '>=', 'n': 3, 'n2': 5, 'w': 'three men', 'of': 'men', 'by': 'the army'}], 'salience': 'background'})

    def test_an_organisation_is_country_and_role(self):
        self.check('CONSULT met | a=the UN :IGO', {'type': 'CONSULT', 'trigger': 'met', 'actors': [{'w': 'the UN', 'country': 'IGO', 'role': 'IGO'}]})

    def test_what_is_not_in_the_form_is_named(self):
        for line in ('RAID raid', 'ASSAULT', 'ASSAULT raid | z=1', 'ASSAULT raid | f=three killed', 'ASSAULT raid | st=maybe', 'ASSAULT raid | a=x :TCD ARMY'):
            with self.assertRaises(ValueError, msg=line):
                compact.event(line)


class Align(unittest.TestCase):
    TEXT = 'Chad struck. Mali said that Chad struck Gao. Chad denied it.'

    def check(self, words, trigger, expected):
        self.assertEqual(align.Unit(self.TEXT).at(words, trigger), expected)

    def test_words_are_those_nearest_to_the_trigger(self):
        self.check('struck', None, [5, 11])
        self.check('struck@2', None, [33, 39])
        self.check('Chad', [33, 39], [28, 32])
        self.check('Chad', [50, 56], [45, 49])
        self.check('Gao', [50, 56], [40, 43])

    def test_words_that_are_not_there_are_kept_as_lost(self):
        unit = align.Unit(self.TEXT)
        self.assertIsNone(unit.at('Niger'))
        self.assertEqual(unit.lost, ['Niger'])

    def test_a_party_of_words_not_found_is_none(self):
        reading = {'id': 'u', 'events': [{'type': 'ASSAULT', 'trigger': 'struck', 'status': 'happened', 'actors': [{'w': 'Niger'}]}]}
        annotation, lost = align.align(self.TEXT, reading)
        self.assertEqual((annotation['events'][0]['actors'], lost), ([{'span': None}], ['Niger']))


class Calibration(unittest.TestCase):
    def test_scores_that_say_the_share_have_no_error(self):
        self.assertEqual(measure.calibration_error([(1.0, True), (0.0, False)], 2), 0.0)
        self.assertEqual(measure.calibration_error([(0.5, True), (0.5, True)], 1), 0.5)


if __name__ == '__main__':
    unittest.main()
