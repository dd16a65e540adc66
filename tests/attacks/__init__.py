"""The adversary: every promise of confidentiality attacked, each attack shown to win unguarded.

It knows the list with all labels, every published figure in full shown precision, its own answers
or those of people who pool what they know, and afterwards the whole database, files and logs. It
calls the functions that publish and the services, whose output it attacks, and shares no code with
the rule. `ATTACK_ROUNDS` sets how many random partnerships each attack takes (200 unless set).
"""
