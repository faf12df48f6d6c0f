"""Compiled from ui/new_panel.ui by `make forms`; never edited."""

from PySide6.QtCore import QCoreApplication, QMetaObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout
from pcp_desktop.desktop.choice_box import ChoiceBox


class Ui_NewPanel(object):
    def setupUi(self, NewPanel):
        if not NewPanel.objectName():
            NewPanel.setObjectName(u"NewPanel")
        self.column = QVBoxLayout(NewPanel)
        self.column.setSpacing(10)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 20, 24, 16)
        self.heading = QLabel(NewPanel)
        self.heading.setObjectName(u"heading")

        self.column.addWidget(self.heading)

        self.plan_label = QLabel(NewPanel)
        self.plan_label.setObjectName(u"plan_label")

        self.column.addWidget(self.plan_label)

        self.plan = ChoiceBox(NewPanel)
        self.plan.setObjectName(u"plan")

        self.column.addWidget(self.plan)

        self.place_label = QLabel(NewPanel)
        self.place_label.setObjectName(u"place_label")

        self.column.addWidget(self.place_label)

        self.place_row = QHBoxLayout()
        self.place_row.setObjectName(u"place_row")
        self.place = QLineEdit(NewPanel)
        self.place.setObjectName(u"place")

        self.place_row.addWidget(self.place)

        self.choose = QPushButton(NewPanel)
        self.choose.setObjectName(u"choose")
        self.choose.setAutoDefault(False)

        self.place_row.addWidget(self.choose)


        self.column.addLayout(self.place_row)

        self.remark = QLabel(NewPanel)
        self.remark.setObjectName(u"remark")
        self.remark.setWordWrap(True)

        self.column.addWidget(self.remark)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.gap = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.gap)

        self.leave = QPushButton(NewPanel)
        self.leave.setObjectName(u"leave")
        self.leave.setAutoDefault(False)

        self.buttons.addWidget(self.leave)

        self.make = QPushButton(NewPanel)
        self.make.setObjectName(u"make")

        self.buttons.addWidget(self.make)


        self.column.addLayout(self.buttons)

#if QT_CONFIG(shortcut)
        self.plan_label.setBuddy(self.plan)
        self.place_label.setBuddy(self.place)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(NewPanel)

        self.make.setDefault(True)


        QMetaObject.connectSlotsByName(NewPanel)
    # setupUi

    def retranslateUi(self, NewPanel):
        NewPanel.setWindowTitle(QCoreApplication.translate("NewPanel", u"Make a new panel file", None))
        self.heading.setText(QCoreApplication.translate("NewPanel", u"Make a new panel file", None))
        self.plan_label.setText(QCoreApplication.translate("NewPanel", u"&Plan to start from", None))
        self.place_label.setText(QCoreApplication.translate("NewPanel", u"Where to &keep the file", None))
        self.choose.setText(QCoreApplication.translate("NewPanel", u"Choose\u2026", None))
        self.leave.setText(QCoreApplication.translate("NewPanel", u"Leave", None))
        self.make.setText(QCoreApplication.translate("NewPanel", u"Make the file", None))
    # retranslateUi
